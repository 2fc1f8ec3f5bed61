import ProviderHTTP
import SentenceEmbedding
import Synchronization

/// Embedders that made stored vectors before the settings were changed: made when they are first asked for, so that a
/// model that nobody needs is not loaded.
final class EarlierEmbedders: Sendable {
    private let selection: EmbedderSelection
    private let client: ProviderClient
    private let made = Mutex<[String: any SentenceEmbedder]>([:])

    init(_ selection: EmbedderSelection, client: ProviderClient) {
        self.selection = selection
        self.client = client
    }

    /// - Returns: nil when the settings or the model's files for it are not there any more.
    func embedder(_ identifier: String) -> (any SentenceEmbedder)? {
        made.withLock { made in
            if let embedder = made[identifier] { return embedder }
            let embedder = selection.embedder(identifier: identifier, client)
            made[identifier] = embedder
            return embedder
        }
    }
}
