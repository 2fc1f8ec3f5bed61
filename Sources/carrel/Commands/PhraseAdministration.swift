import ArgumentParser
import Foundation
import Storage
import Workspaces

/// What the commands about presets and variables share; they work beside a running server, which looks at each chat.
struct PhraseAdministration {
    private let phrases: Phrases

    init(_ kind: PhraseKind, _ options: SettingsOptions) async throws {
        let settings = try await options.load()
        let directory = URL(filePath: settings.text("STORAGE_DIR"), directoryHint: .isDirectory)
        phrases = Phrases(kind, try StorageOwner.act(in: directory) { try CarrelDatabase(directory: directory) })
    }

    func set(_ name: String, _ text: String) throws {
        do {
            try phrases.set(Phrase(name: name, text: text))
        } catch let refusal as PhraseRefusal {
            throw ValidationError(refusal.description)
        }
    }

    /// Line breaks in texts are shown as `\n`, so that a phrase is a line.
    func list() throws {
        for phrase in try phrases.all() { print("\(phrase.name)\t\(phrase.text.replacing("\n", with: "\\n"))") }
    }

    func remove(_ name: String) throws {
        guard try phrases.remove(name) else { throw ValidationError("There is no \(name).") }
    }
}
