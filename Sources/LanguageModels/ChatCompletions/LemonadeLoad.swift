import OrderedJSON

/// Has a Lemonade server load a model with a window, unless it has done so already (contract/providers.md 3.2).
///
/// Source: Lemonade Server specification, `GET /api/v1/health` and `POST /api/v1/load`
/// (lemonade-server.ai/docs/server/server_spec).
struct LemonadeLoad {
    let endpoint: ProviderEndpoint

    /// - Throws: what the server says against it; a health report that cannot be read only means that the model is
    ///   loaded once more.
    func callAsFunction(_ model: String, window: Int) async throws(LanguageModelError) {
        if try await isLoaded(model, window) { return }
        _ = try await endpoint.json("/load", ["model_name": JSONValue(model), "ctx_size": JSONValue(window)])
    }

    private func isLoaded(_ model: String, _ window: Int) async throws(LanguageModelError) -> Bool {
        let health: JSONValue
        do throws(LanguageModelError) {
            health = try await endpoint.get("/health")
        } catch {
            if error.code == .cancelled { throw error }
            return false
        }
        return (health["all_models_loaded"]?.arrayValue ?? []).contains { loaded in
            loaded["model_name"]?.stringValue == model
                && loaded["recipe_options"]?["ctx_size"]?.integerValue == window
        }
    }
}
