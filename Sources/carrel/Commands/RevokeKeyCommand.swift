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
        let wasThere = try administration.keys.revoke(id: id)
        // Also without such a key: an earlier run may have revoked it and failed to tell nginx.
        try administration.publish()
        guard wasThere else {
            throw ValidationError("There is no key \(id). `carrel keys list` shows the keys.")
        }
    }
}
