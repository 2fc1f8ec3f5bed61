import SentenceEmbedding
import TestSupport

/// The word embedder, which stops at texts with the word `GATE` until the test lets it go on.
struct GatedEmbedder: SentenceEmbedder {
    /// Opened when it has stopped.
    let reached = ManualGate()
    let gate = ManualGate()
    private let words = WordEmbedder()

    var identifier: String { words.identifier }
    var maximumChunkLength: Int { words.maximumChunkLength }
    var passagePrefix: String { words.passagePrefix }

    func embed(query: String) async throws(EmbeddingError) -> [Float] {
        await stop(at: query)
        return try await words.embed(query: query)
    }

    func embed(passages: [String]) async throws(EmbeddingError) -> [[Float]] {
        for passage in passages { await stop(at: passage) }
        return try await words.embed(passages: passages)
    }

    private func stop(at text: String) async {
        guard text.contains("GATE") else { return }
        reached.open()
        await gate.wait()
    }
}
