/// Where a chunk stands among those of its document.
public struct ChunkPlaceRecord: Sendable, Equatable {
    public var embeddingId: Int64
    /// From 0.
    public var position: Int
    /// Chunks of the document.
    public var count: Int
}
