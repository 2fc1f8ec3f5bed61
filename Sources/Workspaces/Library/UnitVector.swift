import SentenceEmbedding

/// Scales vectors of any embedder to unit length, so that a product of two is their cosine.
enum UnitVector {
    /// - Throws: ``EmbeddingError`` with code `upstream` for a vector with no direction or with values that are no numbers.
    static func normalised(_ vector: [Float]) throws(EmbeddingError) -> [Float] {
        let length = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard length.isFinite, length > 0 else {
            throw EmbeddingError(.upstream, "The embedder answered with a vector that has no direction.")
        }
        if abs(length - 1) < 1e-6 { return vector }
        return vector.map { Float(Double($0) / length) }
    }
}
