public import OrderedJSON

/// A file as a client uploaded it, with the metadata that came beside it.
public struct UploadedFile: Sendable {
    /// The name after ``FileName/original(fromClient:)``.
    public var name: String
    public var bytes: [UInt8]
    /// Values for `title`, `docAuthor`, `description`, `docSource`, `chunkSource`; falsy ones do not count.
    public var metadata: JSONObject

    public init(name: String, bytes: [UInt8], metadata: JSONObject = [:]) {
        self.name = name
        self.bytes = bytes
        self.metadata = metadata
    }

    /// - Parameter metadataText: the text field `metadata` of the form, read leniently.
    public init(name: String, bytes: [UInt8], metadataText: String?) {
        self.init(name: name, bytes: bytes, metadata: metadataText.map { LenientJSON.object($0) } ?? [:])
    }

    /// - Throws: when a value of the metadata is too long to be stored.
    public func checkMetadata() throws(MetadataRefusal) { try MetadataRefusal.check(metadata) }
}
