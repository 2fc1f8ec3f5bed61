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
        // A logit shows what the cosine of a vector does not: 16 bits moved one of the test model by a thousandth.
        let isShort = settings.text("EMBEDDING_PRECISION") == EmbeddingPrecision.int8.rawValue
        let precision = isShort ? EmbeddingPrecision.int8 : .fp32
        let encoder = try CrossEncoder(files: CrossEncoderFiles(folder: folder), precision: precision)
        return TimeLimitedReranker(encoder, limit: .milliseconds(settings.integer("RERANK_TIMEOUT_MS")))
    }
}
