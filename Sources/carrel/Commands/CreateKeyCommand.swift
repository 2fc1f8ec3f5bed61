import ArgumentParser
import Workspaces

struct CreateKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a key and print it; it cannot be shown again.")

    @OptionGroup var options: SettingsOptions

    @Option(help: "What the key is for.")
    var name: String?

    @Option(help: "Use this key instead of a fresh one: 8 to 128 visible ASCII characters.")
    var key: String?

    func run() async throws {
        let administration = try await KeyAdministration(options)
        let created = try administration.keys.create(name: name, key: key)
        try administration.publish()
        print(created)
    }
}
