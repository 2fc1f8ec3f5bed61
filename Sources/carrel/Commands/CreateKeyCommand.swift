import ArgumentParser
import Foundation
import Workspaces

struct CreateKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a key and print it; it cannot be shown again.")

    @OptionGroup var options: SettingsOptions

    @Option(help: "What the key is for.")
    var name: String?

    @Option(
        help: """
            File that holds the key to use instead of a fresh one, 8 to 128 visible ASCII characters; - for standard \
            input.
            """,
        completion: .file())
    var keyFile: String?

    @Option(
        help: "The same as text. Every user of the machine sees it while the command runs, and the shell remembers it.")
    var key: String?

    func validate() throws {
        if key != nil, keyFile != nil { throw ValidationError("Give either --key or --key-file.") }
    }

    func run() async throws {
        let given = try key ?? keyFile.map(Self.read)
        let administration = try await KeyAdministration(options)
        // Before nginx is told: when that fails it can be done again, but a key that nobody has seen is lost.
        print(try administration.keys.create(name: name, key: given))
        try administration.publish()
    }

    /// What stands in the file, without white space around it.
    private static func read(_ path: String) throws -> String {
        do {
            let text =
                path == "-"
                ? String(decoding: try FileHandle.standardInput.readToEnd() ?? Data(), as: UTF8.self)
                : try String(contentsOfFile: path, encoding: .utf8)
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            throw ValidationError("Cannot read the key from \(path): \(error.localizedDescription)")
        }
    }
}
