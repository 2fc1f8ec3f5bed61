import ArgumentParser

/// Where every command takes its settings from.
struct SettingsOptions: ParsableArguments {
    @Option(
        name: .long, help: "A file of KEY=value lines; variables of the environment take precedence.",
        completion: .file())
    var envFile: String?

    /// - Throws: ``SettingError`` that names key, value and rule.
    func load() async throws -> Settings { try await Settings.load(environmentFile: envFile) }
}
