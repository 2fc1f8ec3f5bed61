public import VectorIndexing

/// A workspace's index and what made the vectors in it: vectors of two models cannot be compared.
public struct LoadedIndex: Sendable {
    public let index: AdaptiveVectorIndex
    /// The embedder's identifier; nil for a workspace without vectors.
    public internal(set) var embedder: String?
}
