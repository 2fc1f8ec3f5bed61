import AnythingLLMImport
import SentenceEmbedding

/// Decides whether cached vectors are what the embedder would make: not from settings, which say nothing about files
/// that an earlier model left, but by embedding one passage of each document again.
struct CachedVectorCheck: Sendable {
    enum Verdict: Sendable, Equatable {
        case same
        case otherDimensions(Int)
        case otherModel
    }

    let embedder: any SentenceEmbedder
    let policy: CachedVectorPolicy

    /// Our own weights in int8 stay above 0.99 of those in fp32 (architecture, budgets), and other programs quantise less
    /// carefully; the directions of two models have nothing to do with each other, whatever their dimensions.
    static let leastCosine = 0.9

    /// - Throws: ``EmbeddingError`` when the embedder fails.
    func callAsFunction(_ cached: CachedChunks) async throws(EmbeddingError) -> Verdict {
        // Short passages cost least, and no model cuts them.
        guard let sample = cached.chunks.min(by: { $0.text.utf8.count < $1.text.utf8.count }),
            let again = try await embedder.embed(passages: [sample.text]).first
        else { return .otherModel }
        if again.count != sample.vector.count { return .otherDimensions(sample.vector.count) }
        return policy == .trust || Self.cosine(again, sample.vector) >= Self.leastCosine ? .same : .otherModel
    }

    private static func cosine(_ a: [Float], _ b: [Float]) -> Double {
        var (product, first, second) = (0.0, 0.0, 0.0)
        for (x, y) in zip(a, b) {
            product += Double(x) * Double(y)
            first += Double(x) * Double(x)
            second += Double(y) * Double(y)
        }
        return first > 0 && second > 0 ? product / (first * second).squareRoot() : 0
    }
}
