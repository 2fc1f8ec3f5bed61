import AsyncHTTPClient
import SentenceEmbedding

/// The embedder that `EMBEDDING_ENGINE` names.
struct EmbedderSelection {
    let settings: Settings

    /// - Throws: ``EmbeddingError`` when the model's files are missing or damaged, or a setting is missing.
    func embedder(_ client: HTTPClient) throws -> any SentenceEmbedder {
        switch settings.text("EMBEDDING_ENGINE") {
        case "generic-openai":
            return GenericOpenAIEmbedder(setting: { [settings] in settings[$0] }, httpClient: client)
        default:
            return try native()
        }
    }

    private func native() throws -> NativeEmbedder {
        do {
            return try NativeEmbedder(files: EmbeddingModelFiles(folder: settings.text("CARREL_MODEL_DIR")))
        } catch  where error.code == .badModel {
            // It replaces files whose hash is not the expected one.
            throw EmbeddingError(
                .badModel, error.message + " Run `carrel model fetch` to install the right file.", cause: error.cause)
        }
    }
}
