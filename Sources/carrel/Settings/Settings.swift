import Configuration
import SystemPackage

/// The effective settings: the environment first, then the environment file, then defaults.
struct Settings: Sendable {
    /// What was set, by key.
    private let given: [String: String]
    /// What is in force, by key: providers look settings up in every request.
    private let effective: [String: String]

    /// - Throws: ``SettingError`` for the first value that breaks its rule, or the file's own error.
    static func load(environmentFile: String?) async throws -> Settings {
        var providers: [any ConfigProvider] = [EnvironmentVariablesProvider()]
        if let environmentFile {
            providers.append(
                try await EnvironmentVariablesProvider(environmentFilePath: FilePath(environmentFile)))
        }
        let reader = ConfigReader(providers: providers)
        var given: [String: String] = [:]
        for declaration in SettingTable.all {
            given[declaration.key] = reader.string(
                forKey: ConfigKey([declaration.key]), isSecret: declaration.isSecret)
        }
        return try Settings(given)
    }

    /// - Throws: ``SettingError`` for the first value that breaks its rule.
    init(_ given: [String: String]) throws(SettingError) {
        try Self.check(given)
        self.given = given
        effective = Self.effective(given)
        try checkThreads()
    }

    private static func check(_ given: [String: String]) throws(SettingError) {
        for declaration in SettingTable.all {
            // An empty value means "not set", as in the sample file; the one key whose presence counts is text.
            guard let value = given[declaration.key], !value.isEmpty, !declaration.rule.accepts(value) else { continue }
            throw SettingError(
                key: declaration.key, value: declaration.isSecret ? "(secret)" : value,
                rule: declaration.rule.description)
        }
    }

    private static func effective(_ given: [String: String]) -> [String: String] {
        let standard = SettingTable.all.compactMap { setting in setting.standard.map { (setting.key, $0) } }
        return Dictionary(standard) { first, _ in first }.merging(given.filter { !$0.value.isEmpty }) { $1 }
    }

    /// The one rule between two settings.
    private func checkThreads() throws(SettingError) {
        let (least, most) = (integer("CARREL_MIN_THREADS"), integer("CARREL_MAX_THREADS"))
        if most >= least { return }
        throw SettingError(
            key: "CARREL_MAX_THREADS", value: "\(most)", rule: "at least CARREL_MIN_THREADS, which is \(least)")
    }

    /// The value that was given, or the default; nil when there is neither.
    subscript(_ key: String) -> String? { effective[key] }

    /// The value as it was given, without defaults; for settings whose mere presence counts.
    func given(_ key: String) -> String? { given[key] }

    /// - Parameter key: a setting with a default.
    func text(_ key: String) -> String { self[key] ?? "" }

    /// - Parameter key: a setting whose rule is a whole number and that has a default.
    func integer(_ key: String) -> Int { Int(text(key)) ?? 0 }
}
