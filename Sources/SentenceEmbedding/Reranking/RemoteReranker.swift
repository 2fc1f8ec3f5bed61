import OrderedJSON
public import ProviderHTTP

/// A reranker behind a server that speaks the form of Cohere and Jina: `POST <base>/rerank`.
///
/// Settings are read by name at each call, so a changed setting acts at once:
/// - `RERANK_BASE_PATH` (URL, required): the server, e.g. `https://api.jina.ai/v1` or `https://api.cohere.com/v2`.
/// - `RERANK_MODEL_PREF` (text, optional): the model's name; left out of the request without it.
/// - `RERANK_API_KEY` (secret, optional): sent as bearer token.
/// - `RERANK_TIMEOUT_MS` (int, default 5000): one request; nothing is tried twice.
///
/// Source: Cohere API reference, "Rerank"; Jina API reference, "Reranker".
public struct RemoteReranker: PassageReranker {
    private let settings: RemoteEmbedderSettings
    private let client: ProviderClient

    /// - Parameters:
    ///   - setting: the value of an instance setting; nil or empty when unset.
    ///   - httpClient: shared by all calls.
    public init(setting: @escaping @Sendable (String) -> String?, httpClient: ProviderClient) {
        settings = RemoteEmbedderSettings(setting)
        client = httpClient
    }

    /// - Throws: `badSettings` without a base path; `upstream` when the server cannot be reached, refuses, or answers
    ///   something else than scores; `timedOut`, `cancelled`.
    public func relevance(of passages: [String], to query: String) async throws(EmbeddingError) -> [Double] {
        guard let base = settings["RERANK_BASE_PATH"] else {
            throw EmbeddingError(.badSettings, "RERANK_BASE_PATH is not set.")
        }
        var body: JSONObject = [
            "query": .string(query), "documents": .array(passages.map(JSONValue.string)),
            "top_n": JSONValue(passages.count),
        ]
        if let model = settings["RERANK_MODEL_PREF"] { body["model"] = .string(model) }
        let timeout = Duration.milliseconds(settings.integer("RERANK_TIMEOUT_MS", above: 0) ?? 5000)
        let post = JSONPost(
            url: String(base.reversed().drop { $0 == "/" }.reversed()) + "/rerank",
            headers: settings["RERANK_API_KEY"].map { [("Authorization", "Bearer \($0)")] } ?? [],
            body: JSONValue.object(body).encoded(), timeout: timeout)
        let clock = ContinuousClock()
        let start = clock.now
        do throws(JSONPost.Failure) {
            return try RerankAnswer.relevance(try await post.send(with: client), count: passages.count)
        } catch {
            if error.isCancelled { throw EmbeddingError(.cancelled, "Reranking was cancelled.", cause: error.cause) }
            let isLate = start.duration(to: clock.now) >= timeout
            throw EmbeddingError(
                isLate ? .timedOut : .upstream, "The reranker failed: " + error.message, cause: error.cause)
        }
    }
}
