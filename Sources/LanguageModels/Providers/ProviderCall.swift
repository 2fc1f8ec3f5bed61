import ProviderHTTP
import NIOHTTP1

/// What a row needs to build a model for one call: the instance's settings as they are now, and what all calls share.
struct ProviderCall: Sendable {
    /// Sent to providers that do not care who asks.
    private static let userAgent = "Carrel"

    let row: ProviderRow
    /// Nil when nothing names a model.
    let model: String?
    let settings: ProviderSettings
    let client: ProviderClient
    let clock: ProviderClock
    let directory: ModelDirectory

    init(
        _ row: ProviderRow, workspaceModel: String?, settings: ProviderSettings, client: ProviderClient,
        clock: ProviderClock, directory: ModelDirectory
    ) {
        self.row = row
        model = row.model.name(workspaceModel, settings)
        self.settings = settings
        self.client = client
        self.clock = clock
        self.directory = directory
    }

    func endpoint(_ base: String, _ credential: Credential?) throws(LanguageModelError) -> ProviderEndpoint {
        var headers: HTTPHeaders = ["Accept": "application/json", "User-Agent": Self.userAgent]
        try credential?.add(to: &headers, settings)
        var endpoint = ProviderEndpoint(
            client: client, base: base, headers: headers, timeouts: ProviderTimeouts(settings))
        endpoint.retries = RetryBudget(settings)
        endpoint.clock = clock
        return endpoint
    }

    /// - Throws: `notConfigured` when address, key or model is missing, in this order.
    func endpoint() throws(LanguageModelError) -> ProviderEndpoint {
        let base = try row.address.url(settings)
        return try endpoint(base, row.credential)
    }

    func requiredModel() throws(LanguageModelError) -> String {
        if let model { return model }
        if let missing = row.model.missing { throw LanguageModelError(.notConfigured, missing) }
        return ""
    }

    /// What the provider has said of the model before.
    var known: ModelLookup {
        guard row.listing != nil, let model, let key else { return .unavailable }
        return directory.known(model, key)
    }

    /// What need not be asked: the provider has said it a short time ago, or tells nothing of its models.
    var fresh: ModelLookup? {
        guard let listing = row.listing, let model, let key else { return .unavailable }
        return directory.fresh(model, key, listing, now: clock.now())
    }

    /// What the provider says of the model; asks when that is not known.
    ///
    /// - Throws: `cancelled` only; a provider that is not configured is unavailable.
    func lookup() async throws(LanguageModelError) -> ModelLookup {
        guard let listing = row.listing, let model, let key else { return .unavailable }
        let endpoint: ProviderEndpoint
        do throws(LanguageModelError) { endpoint = try self.endpoint() } catch { return .unavailable }
        return try await directory.lookup(model, key, listing, endpoint)
    }

    /// Tokens, or nil when the setting is no number.
    func window(_ lookup: ModelLookup) -> Int? {
        row.window.tokens(of: model, settings: settings, listing: lookup)
    }

    func requiredWindow(_ lookup: ModelLookup) throws(LanguageModelError) -> Int {
        if let window = window(lookup) { return window }
        throw LanguageModelError(.notConfigured, "\(row.window.setting ?? "") must be a number of tokens.")
    }

    private var key: ModelDirectory.Key? {
        // Without an address there is nobody to ask.
        guard let base = try? row.address.url(settings) else { return nil }
        return ModelDirectory.Key(
            provider: row.id, base: base, model: row.listing?.isForOneModel == true ? model : nil)
    }
}
