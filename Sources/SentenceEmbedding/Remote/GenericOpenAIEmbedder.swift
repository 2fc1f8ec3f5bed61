public import AsyncHTTPClient
import NIOCore
import OrderedJSON

/// An embedder behind an OpenAI-compatible server (`generic-openai`): `POST <base>/embeddings`.
///
/// Settings are read by name at each call, so a changed setting acts at once:
/// - `EMBEDDING_BASE_PATH` (URL, required): the server, e.g. `http://127.0.0.1:8080/v1`.
/// - `EMBEDDING_MODEL_PREF` (text, optional): the model's name; JSON `null` is sent without it.
/// - `EMBEDDING_MODEL_MAX_CHUNK_LENGTH` (int, default 1000, UTF-16 units): the largest chunk.
/// - `GENERIC_OPEN_AI_EMBEDDING_API_KEY` (secret, optional): sent as bearer token.
/// - `GENERIC_OPEN_AI_EMBEDDING_MAX_CONCURRENT_CHUNKS` (int, default 500): texts per request.
/// - `GENERIC_OPEN_AI_EMBEDDING_API_DELAY_MS` (int, optional, at least 500): pause between two requests.
/// - `GENERIC_OPEN_AI_EMBEDDING_PASSAGE_PREFIX`, `GENERIC_OPEN_AI_EMBEDDING_QUERY_PREFIX` (text, optional).
/// - `ANYTHINGLLM_FETCH_TIMEOUT` (int, default 600000, milliseconds): one request.
///
/// Requests follow one another; nothing is tried twice; one failing batch fails the call.
/// Source: OpenAI API reference, "Create embeddings"; contract/vectors.md 5.5, contract/providers.md 4.
public struct GenericOpenAIEmbedder: SentenceEmbedder {
    private let settings: RemoteEmbedderSettings
    private let client: HTTPClient
    private let pause: @Sendable (Duration) async throws -> Void

    /// - Parameters:
    ///   - setting: the value of an instance setting; nil or empty when unset.
    ///   - httpClient: shared by all calls.
    public init(setting: @escaping @Sendable (String) -> String?, httpClient: HTTPClient) {
        self.init(setting: setting, httpClient: httpClient, pause: { try await Task.sleep(for: $0) })
    }

    /// - Parameter pause: waits between two batches.
    init(
        setting: @escaping @Sendable (String) -> String?, httpClient: HTTPClient,
        pause: @escaping @Sendable (Duration) async throws -> Void
    ) {
        settings = RemoteEmbedderSettings(setting)
        client = httpClient
        self.pause = pause
    }

    public var identifier: String { "generic-openai/" + (settings["EMBEDDING_MODEL_PREF"] ?? "") }

    public var maximumChunkLength: Int { settings.integer("EMBEDDING_MODEL_MAX_CHUNK_LENGTH", above: 1) ?? 1000 }

    public var passagePrefix: String { settings["GENERIC_OPEN_AI_EMBEDDING_PASSAGE_PREFIX"] ?? "" }

    public var queryPrefix: String { settings["GENERIC_OPEN_AI_EMBEDDING_QUERY_PREFIX"] ?? "" }

    public func embed(query: String) async throws(EmbeddingError) -> [Float] {
        let vectors = try await embed(passages: [queryPrefix + query])
        guard let vector = vectors.first else {
            throw Self.failure("the server answered without a vector.")
        }
        return vector
    }

    public func embed(passages: [String]) async throws(EmbeddingError) -> [[Float]] {
        let size = settings.integer("GENERIC_OPEN_AI_EMBEDDING_MAX_CONCURRENT_CHUNKS", above: 0) ?? 500
        let delay = settings.integer("GENERIC_OPEN_AI_EMBEDDING_API_DELAY_MS", above: 0)
        var vectors: [[Float]] = []
        vectors.reserveCapacity(passages.count)
        for start in stride(from: 0, to: passages.count, by: size) {
            if start > 0, let delay { try await wait(.milliseconds(max(500, delay))) }
            vectors += try await embed(batch: passages[start..<min(start + size, passages.count)])
        }
        let dimensions = vectors.first?.count
        if let other = vectors.first(where: { $0.count != dimensions }) {
            throw EmbeddingError(
                .dimensionMismatch,
                "GenericOpenAI Failed to embed: vectors of \(dimensions ?? 0) and of \(other.count) dimensions.")
        }
        return vectors
    }

    private func wait(_ time: Duration) async throws(EmbeddingError) {
        do {
            try await pause(time)
        } catch {
            throw EmbeddingError(.cancelled, "The embedding was cancelled.", cause: error)
        }
    }

    private func embed(batch: ArraySlice<String>) async throws(EmbeddingError) -> [[Float]] {
        guard let base = settings["EMBEDDING_BASE_PATH"] else {
            throw EmbeddingError(.badSettings, "GenericOpenAI must have a valid base path to use for the api.")
        }
        let body: JSONValue = [
            "model": JSONValue(settings["EMBEDDING_MODEL_PREF"]),
            "input": .array(batch.map(JSONValue.string)),
            "encoding_format": "base64",
        ]
        let post = JSONPost(
            url: String(base.reversed().drop { $0 == "/" }.reversed()) + "/embeddings",
            key: settings["GENERIC_OPEN_AI_EMBEDDING_API_KEY"], body: body.encoded(),
            timeout: .milliseconds(settings.integer("ANYTHINGLLM_FETCH_TIMEOUT", above: 0) ?? 600_000))
        do throws(JSONPost.Failure) {
            return try EmbeddingsAnswer.vectors(try await post.send(with: client), count: batch.count)
        } catch {
            if error.isCancelled {
                throw EmbeddingError(.cancelled, "The embedding was cancelled.", cause: error.cause)
            }
            throw Self.failure(error.message, cause: error.cause)
        }
    }

    private static func failure(_ message: String, cause: (any Error)? = nil) -> EmbeddingError {
        EmbeddingError(.upstream, "GenericOpenAI Failed to embed: " + message, cause: cause)
    }
}
