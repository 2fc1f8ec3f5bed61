/// Why a splitter cannot work with the sizes that it was given.
public enum TextSplitterError: Error, Equatable, CustomStringConvertible {
    case overlapNotBelowChunkSize

    /// The text that clients see (`contract/vectors.md` 5.1).
    public var description: String { "Cannot have chunkOverlap >= chunkSize" }
}
