/// What is known of a file that was sent.
public struct WatchedFile: Sendable, Equatable, Codable {
    public var stamp: FileStamp
    /// ``ContentHash`` of what was sent.
    public var hash: String
    /// What became of it in the library; empty for a file that the server refused, which is not sent again until it
    /// changes.
    public var docpaths: [String]

    public init(stamp: FileStamp, hash: String, docpaths: [String]) {
        self.stamp = stamp
        self.hash = hash
        self.docpaths = docpaths
    }
}
