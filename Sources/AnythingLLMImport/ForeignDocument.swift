public import OrderedJSON

/// A document of the folder `documents/` (contract/storage.md 5).
public struct ForeignDocument: Sendable, Equatable {
    /// Its keys without `pageContent`, in their order, fit to be kept.
    public var metadata: JSONObject
    public var pageContent: String

    public init(metadata: JSONObject, pageContent: String) {
        self.metadata = Self.cleaned(metadata)
        // SQLite gives a text back only up to its first NUL.
        self.pageContent = pageContent.utf8.contains(0) ? pageContent.replacing("\0", with: "\u{FFFD}") : pageContent
    }

    /// Without the text, without the id of a link that live sync leaves behind, and without what a collector had
    /// encrypted with keys that nobody has any more.
    private static func cleaned(_ metadata: JSONObject) -> JSONObject {
        var metadata = metadata
        for key in ["pageContent", "docId", "text"] where metadata[key] != nil { metadata[key] = nil }
        if let source = metadata["chunkSource"]?.stringValue, let payload = source.firstRange(of: "?payload=") {
            metadata["chunkSource"] = .string(String(source[..<payload.lowerBound]))
        }
        return metadata
    }
}
