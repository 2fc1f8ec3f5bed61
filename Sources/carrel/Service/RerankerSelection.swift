import ProviderHTTP
import SentenceEmbedding

/// The reranker that the settings name: a server's, else a model's, else nil for the built-in one.
struct RerankerSelection {
    let settings: Settings

    /// - Throws: ``EmbeddingError`` when the model's files are missing, damaged, or no cross-encoder.
    func reranker(_ client: ProviderClient) throws -> (any PassageReranker)? {
        if settings["RERANK_BASE_PATH"] != nil {
            return RemoteReranker(setting: { [settings] in settings[$0] }, httpClient: client)
        }
        guard let folder = settings["CARREL_RERANK_MODEL_DIR"] else { return nil }
        let precision = EmbeddingPrecision(rawValue: settings.text("EMBEDDING_PRECISION")) ?? .int16
        let encoder = try CrossEncoder(files: CrossEncoderFiles(folder: folder), precision: precision)
        return TimeLimitedReranker(encoder, limit: .milliseconds(settings.integer("RERANK_TIMEOUT_MS")))
    }
}
