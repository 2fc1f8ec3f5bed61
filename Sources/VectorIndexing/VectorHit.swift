/// A chunk that a search found.
public struct VectorHit: Sendable, Equatable {
    /// The chunk's id.
    public var id: Int64
    public var document: Int64
    /// Cosine, -1...1.
    public var similarity: Float

    /// The order of results: nearest first, then lower id.
    static func precedes(_ a: Self, _ b: Self) -> Bool {
        a.similarity != b.similarity ? a.similarity > b.similarity : a.id < b.id
    }
}
