/// What of a file can be seen without reading it; while it is the same, so is the content.
public struct FileStamp: Sendable, Hashable, Codable {
    public var size: Int
    /// Nanoseconds since 1970 of the last change of the content.
    public var modified: Int

    public init(size: Int, modified: Int) {
        self.size = size
        self.modified = modified
    }
}
