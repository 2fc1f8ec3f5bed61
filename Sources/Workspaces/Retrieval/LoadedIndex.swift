import VectorIndexing

/// A workspace's index and what made the vectors in it: vectors of two models cannot be compared.
struct LoadedIndex: Sendable {
    let index: AdaptiveVectorIndex
    /// The embedder's identifier; nil for a workspace without vectors.
    var embedder: String?
}
