import SentenceEmbedding
import Synchronization

/// Embeds as ``WordEmbedder`` does, and counts queries.
final class CountingEmbedder: SentenceEmbedder {
    private let base = WordEmbedder()
    private let count = Atomic<Int>(0)

    var queries: Int { count.load(ordering: .relaxed) }

    var identifier: String { base.identifier }
    var maximumChunkLength: Int { base.maximumChunkLength }
    var passagePrefix: String { base.passagePrefix }

    func embed(query: String) async throws(EmbeddingError) -> [Float] {
        count.add(1, ordering: .relaxed)
        return try await base.embed(query: query)
    }

    func embed(passages: [String]) async throws(EmbeddingError) -> [[Float]] {
        try await base.embed(passages: passages)
    }
}
