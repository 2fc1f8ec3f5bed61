import ArgumentParser

struct PublishKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Write nginx's map of all keys anew and reload nginx.",
        discussion: """
            `create` and `revoke` do so themselves; this is for when they could not, or for a database from a backup.
            """)

    @OptionGroup var options: SettingsOptions

    func run() async throws { try await KeyAdministration(options).publish() }
}
