import OrderedJSON

/// A value of a document's metadata that is too long to be stored with each of its passages.
public struct MetadataRefusal: Error, Equatable, CustomStringConvertible {
    public let key: String
    /// In bytes of UTF-8; for what is no text, of its JSON.
    public let limit: Int

    /// The `error` text of the answer.
    public var description: String { "metadata.\(key) is longer than \(limit) bytes." }

    /// Key and most bytes. Title and source stand in front of every passage.
    private static let limits = [
        ("title", DocumentPath.nameLimit), ("chunkSource", 4_096), ("url", 4_096), ("docAuthor", 16_384),
        ("description", 16_384), ("docSource", 16_384),
    ]

    /// Checks what a client says about a document.
    static func check(_ metadata: JSONObject) throws(MetadataRefusal) {
        for (key, limit) in limits {
            guard let value = metadata[key] else { continue }
            let length = value.stringValue?.utf8.count ?? value.encoded().count
            if length > limit { throw MetadataRefusal(key: key, limit: limit) }
        }
    }
}
