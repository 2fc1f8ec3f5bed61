import OrderedJSON

/// Has Foundry Local load a model before it is asked (contract/providers.md 3.2).
///
/// Source: Microsoft, "Foundry Local REST API Reference", `GET /openai/load/{name}`
/// (learn.microsoft.com/azure/foundry-local/reference/reference-rest).
struct FoundryLoad {
    let endpoint: ProviderEndpoint

    /// What comes of it is left to the chat itself: servers of other versions load without being told.
    func callAsFunction(_ model: String) async throws(LanguageModelError) {
        var origin = ProviderEndpoint(
            client: endpoint.client, base: BaseAddress.origin(of: endpoint.base), headers: endpoint.headers,
            timeouts: endpoint.timeouts)
        origin.retries.retries = 0
        do throws(LanguageModelError) {
            _ = try await origin.get("/openai/load/" + PercentEncoding.segment(model))
        } catch  where error.code != .cancelled {
            return
        }
    }
}
