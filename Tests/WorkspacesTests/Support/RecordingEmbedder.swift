import SentenceEmbedding
import Synchronization

/// An embedder whose vectors, failures and pauses a test decides, and which counts its calls.
final class RecordingEmbedder: SentenceEmbedder {
    typealias Answer = @Sendable ([String]) async throws(EmbeddingError) -> [[Float]]

    let identifier: String
    let maximumChunkLength: Int
    let passagePrefix = ""
    private let answer: Answer
    private let recorded = Mutex<[[String]]>([])

    init(
        identifier: String = "test/a", maximumChunkLength: Int = 1000,
        answer: @escaping Answer = RecordingEmbedder.letters
    ) {
        self.identifier = identifier
        self.maximumChunkLength = maximumChunkLength
        self.answer = answer
    }

    /// The passages of every call.
    var calls: [[String]] { recorded.withLock { $0 } }

    func embed(query: String) async throws(EmbeddingError) -> [Float] { try await answer([query]).first ?? [] }

    func embed(passages: [String]) async throws(EmbeddingError) -> [[Float]] {
        recorded.withLock { $0.append(passages) }
        return try await answer(passages)
    }

    /// How often each letter occurs, not of unit length.
    static let letters: Answer = { passages in
        passages.map { passage in
            var vector = [Float](repeating: 0.5, count: 26)
            for byte in passage.lowercased().utf8 where (97...122).contains(byte) { vector[Int(byte) - 97] += 1 }
            return vector
        }
    }
}
