import ProviderHTTP
import SentenceEmbedding

/// The embedder that `EMBEDDING_ENGINE` names.
struct EmbedderSelection {
    let settings: Settings

    /// - Throws: ``EmbeddingError`` when the model's files are missing or damaged, or a setting is missing.
    func embedder(_ client: ProviderClient) throws -> any SentenceEmbedder {
        let engine = settings.text("EMBEDDING_ENGINE")
        let remote = RemoteEmbedder(id: engine, setting: { [settings] in settings[$0] }, httpClient: client)
        return try remote ?? native(EmbeddingPrecision(rawValue: settings.text("EMBEDDING_PRECISION")) ?? .int16)
    }

    /// The embedder of that identifier, whatever engine is set now.
    ///
    /// - Returns: nil when it cannot be made from the present settings and files.
    func embedder(identifier: String, _ client: ProviderClient) -> (any SentenceEmbedder)? {
        if let remote = RemoteEmbedder(
            identifier: identifier, setting: { [settings] in settings[$0] }, httpClient: client)
        {
            return remote
        }
        // fp32 and int16 share an identifier: what makes one makes the vectors of the other.
        for precision in [EmbeddingPrecision.int16, .int8]
        where identifier == NativeEmbedder.identifier(precision: precision) {
            return try? native(precision)  // Its files are gone: that embedder is none any more.
        }
        return nil
    }

    private func native(_ precision: EmbeddingPrecision) throws -> NativeEmbedder {
        let loaded = Result { () throws(EmbeddingError) in
            try NativeEmbedder(
                files: EmbeddingModelFiles(folder: settings.text("CARREL_MODEL_DIR")), precision: precision)
        }
        return try loaded.mapError(Self.advised).get()
    }

    /// A damaged file is replaced by the command that fetches it, because its hash is not the expected one.
    private static func advised(_ error: EmbeddingError) -> EmbeddingError {
        guard error.code == .badModel else { return error }
        return EmbeddingError(
            .badModel, error.message + " Run `carrel model fetch` to install the right file.", cause: error.cause)
    }
}
