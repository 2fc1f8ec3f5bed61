public import ProviderHTTP

/// The providers by their ids. Settings are read by name at each call, so a changed setting acts at once.
public struct LanguageModelCatalog: Sendable {
    private let settings: ProviderSettings
    private let client: ProviderClient
    private let clock: ProviderClock
    private let directory = ModelDirectory()
    private let prices: @Sendable () -> PriceList?

    /// - Parameters:
    ///   - setting: the value of an instance setting such as `OPEN_AI_KEY`; nil or empty when unset.
    ///   - httpClient: shared by all calls; see ``ProviderClient``.
    ///   - clock: of waits before further tries and of what providers have said about their models.
    ///   - prices: asked for each answer of a hosted model, so it keeps what it has loaded; nil when there is no list.
    public init(
        setting: @escaping @Sendable (String) -> String?, httpClient: ProviderClient, clock: ProviderClock = .system,
        prices: @escaping @Sendable () -> PriceList? = { nil }
    ) {
        settings = ProviderSettings(setting)
        client = httpClient
        self.clock = clock
        self.prices = prices
    }

    /// `LLM_PROVIDER`, else `openai` when `OPEN_AI_KEY` is set, else `extractive`.
    var defaultProvider: String {
        settings["LLM_PROVIDER"] ?? (settings["OPEN_AI_KEY"] == nil ? ProviderTable.extractive.id : "openai")
    }

    /// The model that the settings name for `LLM_PROVIDER`; nil when they name none.
    public var namedModel: String? {
        settings["LLM_PROVIDER"].flatMap(ProviderTable.row)?.model.settings.lazy.compactMap { settings[$0] }.first
    }

    /// Builds the model for one call from what is known, without asking the provider for the model's window.
    ///
    /// - Parameters:
    ///   - provider: nil or empty means ``defaultProvider``.
    ///   - model: nil or empty means the provider's preference setting, then its default.
    /// - Throws: `unknownProvider`, or `notConfigured` with the provider's text of contract/providers.md 3.1.
    func model(provider: String?, model: String?) throws(LanguageModelError) -> any ChatModel {
        let call = try call(provider, model)
        return try call.build(call.known)
    }

    /// Builds the model for one call; asks the provider for the model's window first where providers tell it.
    ///
    /// Waits at most 5 seconds for a provider that does not answer, and then does without.
    ///
    /// - Throws: what ``model(provider:model:)`` throws, and `cancelled`.
    public func preparedModel(provider: String?, model: String?) async throws(LanguageModelError) -> any ChatModel {
        let call = try call(provider, model)
        if call.row.listing?.tellsWindow != true { return try call.build(.unavailable) }
        if let fresh = call.fresh { return try call.build(fresh) }
        // What is not configured is said before anybody is asked.
        _ = try call.build(.unavailable)
        return try call.build(try await call.lookup())
    }

    /// The model when it calls tools natively (contract/chat.md 6.1); nil means that it answers as plain chat.
    ///
    /// - Throws: what ``preparedModel(provider:model:)`` throws.
    public func toolCallingModel(
        provider: String?, model: String?
    ) async throws(LanguageModelError) -> (any ToolCallingModel)? {
        let call = try call(provider, model)
        let built = try call.build(.unavailable)
        guard let model = call.model, !isWithoutTools(call.row.id) else { return nil }
        let lookup = try await call.lookup()
        guard built is any ToolCallingModel, call.row.tools.allows(model, lookup) else { return nil }
        return try call.build(lookup) as? any ToolCallingModel
    }

    /// What the tokens of a model cost; nil when nobody knows.
    public func price(of model: any ChatModel) -> TokenPrice? {
        guard let row = ProviderTable.rows.first(where: { $0.className == model.providerName }) else { return nil }
        return PriceRule.of(provider: row.id).price(of: model.name, prices)
    }

    /// The window of a model in tokens without building it, from what is known; nil for an unknown provider or a
    /// broken setting.
    public func contextWindow(provider: String?, model: String?) -> Int? {
        // An unknown provider has no window; it is reported when it is asked.
        guard let call = try? call(provider, model) else { return nil }
        return call.window(call.known)
    }

    private func call(_ provider: String?, _ model: String?) throws(LanguageModelError) -> ProviderCall {
        let id = provider.flatMap { $0.isEmpty ? nil : $0 } ?? defaultProvider
        guard let row = ProviderTable.row(id) else {
            let value = settings["LLM_PROVIDER"] ?? "undefined"
            throw LanguageModelError(
                .unknownProvider, "ENV: No valid LLM_PROVIDER value found in environment! Using \(value)")
        }
        return ProviderCall(
            row, workspaceModel: model, settings: settings, client: client, clock: clock, directory: directory)
    }

    /// Anthropic's models keep their tools, as in the reference.
    private func isWithoutTools(_ id: String) -> Bool {
        let ids = (settings["PROVIDER_DISABLE_NATIVE_TOOL_CALLING"] ?? "").split(separator: ",")
        return id != "anthropic" && ids.contains { $0.filter { !$0.isWhitespace } == id }
    }
}
