extension EmbedderTable {
    /// Every setting that remote embedders read, in the order in which it is shown, each once.
    ///
    /// The program declares its settings, its sample environment file and its manual from this list. Some keys are
    /// those of language models too; the program shows each once.
    public static let settings: [EmbedderSetting] = {
        var settings = common
        for setting in rows.flatMap(declared) where !settings.contains(where: { $0.name == setting.name }) {
            settings.append(setting)
        }
        return settings
    }()

    private static let common = [
        EmbedderSetting(
            "EMBEDDING_BASE_PATH", .url,
            "Base URL for the engines " + engines { $0.address.setting == "EMBEDDING_BASE_PATH" }
                + "; of `lmstudio` and `lemonade` the path does not matter."),
        EmbedderSetting("EMBEDDING_MODEL_PREF", "Model of a remote engine; unset: " + standardModels + "."),
        EmbedderSetting(
            "EMBEDDING_MODEL_MAX_CHUNK_LENGTH",
            "Longest chunk in UTF-16 units for the engines " + engines(readsLength)
                + "; unset: 1000, for `lemonade` 8191."),
        EmbedderSetting(
            "EMBEDDING_OUTPUT_DIMENSIONS", .integer(1...65_536),
            "Length of the vectors that is asked of the engines " + engines(\.sendsDimensions)
                + "; unset: the model's own."),
        EmbedderSetting(
            "EMBEDDING_RETRY_BUDGET_MS", .integer(0...86_399_999),
            "Longest wait for a busy embedding service in one call, all tries together; unset: 60000."),
    ]

    private static let standardModels = rows.compactMap { row -> String? in
        guard case .standard(let model) = row.model else { return nil }
        return "`\(model)` (`\(row.id)`)"
    }.joined(separator: ", ")

    private static func engines(_ condition: (EmbedderRow) -> Bool) -> String {
        rows.filter(condition).map { "`\($0.id)`" }.joined(separator: ", ")
    }

    private static func readsLength(_ row: EmbedderRow) -> Bool {
        if case .setting = row.length { return true }
        return false
    }

    private static func declared(_ row: EmbedderRow) -> [EmbedderSetting] {
        let engine = "engine `\(row.id)`"
        var settings: [EmbedderSetting] = []
        if let name = row.address.setting { settings.append(EmbedderSetting(name, .url, "Base URL for \(engine).")) }
        if let key = row.key {
            let need = key.missing == nil ? ", if it wants one" : ""
            settings.append(EmbedderSetting(key.setting, secret: true, "API key for \(engine)\(need)."))
        }
        if case .setting(let name, let standard) = row.batch {
            settings.append(EmbedderSetting(name, "Chunks for one call to \(engine); unset: \(standard)."))
        }
        if let name = row.delaySetting {
            settings.append(
                EmbedderSetting(name, "Pause between calls to \(engine) in milliseconds, 500 or more; unset: none."))
        }
        if let name = row.passagePrefixSetting {
            settings.append(EmbedderSetting(name, "Text put before each passage for \(engine)."))
        }
        if let name = row.queryPrefixSetting {
            settings.append(EmbedderSetting(name, "Text put before each query for \(engine)."))
        }
        return settings
    }
}
