import SentenceEmbedding

/// Vectors that count words: texts that share words are similar, all others are not quite orthogonal.
struct WordEmbedder: SentenceEmbedder {
    let identifier = "test/words"
    let maximumChunkLength = 1000
    let passagePrefix = ""

    func embed(query: String) async throws(EmbeddingError) -> [Float] {
        if query.contains("EMBEDFAIL") { throw EmbeddingError(.upstream, "Failed to embed: 500 mock failure") }
        return Self.vector(query)
    }

    func embed(passages: [String]) async throws(EmbeddingError) -> [[Float]] {
        var vectors: [[Float]] = []
        for passage in passages { vectors.append(try await embed(query: passage)) }
        return vectors
    }

    private static func vector(_ text: String) -> [Float] {
        var vector = [Float](repeating: 0.02, count: 64)
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            // FNV-1a (draft-eastlake-fnv), because Swift's own hashes change from run to run.
            let hash = word.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
            vector[Int(hash % 64)] += 1
        }
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return vector.map { $0 / length }
    }
}
