/// What is known of a file that was sent.
public struct WatchedFile: Sendable, Equatable, Codable {
    public var stamp: FileStamp
    /// ``ContentHash`` of what was sent.
    public var hash: String
    /// What became of it in the library: of an earlier content when this one was refused, or nothing.
    public var docpaths: [String]
    /// Nil in the state files of earlier versions, which kept a refused file without documents.
    private var refused: Bool?

    public init(stamp: FileStamp, hash: String, docpaths: [String], isRefused: Bool = false) {
        self.stamp = stamp
        self.hash = hash
        self.docpaths = docpaths
        refused = isRefused
    }

    /// Whether the server refused the content; it is not sent again until the file changes or the watch settles anew.
    var isRefused: Bool { refused ?? docpaths.isEmpty }

    /// Makes the file one whose content is another than the one that was sent.
    mutating func forgetContent() {
        stamp = FileStamp(size: 0, modified: 0)
        hash = ""
    }
}
