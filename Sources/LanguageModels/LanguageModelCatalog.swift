public import AsyncHTTPClient

/// The providers by their ids. Settings are read by name at each call, so a changed setting acts at once.
public struct LanguageModelCatalog: Sendable {
    private let settings: ProviderSettings
    private let client: HTTPClient

    /// - Parameters:
    ///   - setting: the value of an instance setting such as `OPEN_AI_KEY`; nil or empty when unset.
    ///   - httpClient: shared by all calls; see ``ProviderClient/configuration``.
    public init(setting: @escaping @Sendable (String) -> String?, httpClient: HTTPClient) {
        settings = ProviderSettings(setting)
        client = httpClient
    }

    /// `LLM_PROVIDER`, else `openai` when `OPEN_AI_KEY` is set, else `extractive`.
    public var defaultProvider: String {
        settings["LLM_PROVIDER"] ?? (settings["OPEN_AI_KEY"] == nil ? ProviderTable.extractive.id : "openai")
    }

    /// Builds the model for one call.
    ///
    /// - Parameters:
    ///   - provider: nil or empty means ``defaultProvider``.
    ///   - model: nil or empty means the provider's preference setting, then its default.
    /// - Throws: `unknownProvider`, or `notConfigured` with the provider's text of contract/providers.md 3.1.
    public func model(provider: String?, model: String?) throws(LanguageModelError) -> any ChatModel {
        guard let row = row(provider) else {
            throw LanguageModelError(
                .unknownProvider,
                "ENV: No valid LLM_PROVIDER value found in environment! Using \(settings["LLM_PROVIDER"] ?? "undefined")"
            )
        }
        return try row.build(
            ProviderTable.Call(model: name(model, row), settings: settings, client: client))
    }

    /// The window of a model in tokens without building it; nil for an unknown provider or a broken setting.
    public func contextWindow(provider: String?, model: String?) -> Int? {
        guard let row = row(provider) else { return nil }
        return row.contextWindow(settings, name(model, row))
    }

    private func row(_ provider: String?) -> ProviderTable.Row? {
        let id = provider.flatMap { $0.isEmpty ? nil : $0 } ?? defaultProvider
        return ProviderTable.rows.first { $0.id == id }
    }

    private func name(_ model: String?, _ row: ProviderTable.Row) -> String? {
        if row.fixesModel { return row.defaultModel }
        if let model, !model.isEmpty { return model }
        return row.modelSetting.flatMap { settings[$0] } ?? row.defaultModel
    }
}
