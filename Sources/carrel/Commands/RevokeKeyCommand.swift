import ArgumentParser
import Workspaces

struct RevokeKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke a key: nginx refuses it from now on.")

    @OptionGroup var options: SettingsOptions

    @Argument(help: "The key's id, as `carrel keys list` shows it.")
    var id: Int64

    func run() async throws {
        let administration = try await KeyAdministration(options)
        guard try administration.keys.revoke(id: id) else {
            throw ValidationError("There is no key \(id). `carrel keys list` shows the keys.")
        }
        try administration.publish()
    }
}
