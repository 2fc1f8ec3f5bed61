import LanguageModels
import SentenceEmbedding
import Storage

/// What of an error may be logged: what a provider answered stays out, because it may repeat a prompt or a document.
public enum LogReason {
    public static func of(_ error: any Error) -> String {
        switch error {
        case let error as LanguageModelError: "language model: \(error.logDescription)"
        case let error as EmbeddingError: "embedder: \(error.code)"
        case let error as StorageError: "storage: \(error)"
        case let error as SpooledFile.Failure: "storage: \(error)"
        default: String(describing: type(of: error))
        }
    }
}
