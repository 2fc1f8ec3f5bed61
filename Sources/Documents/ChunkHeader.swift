import JavaScriptSemantics
public import OrderedJSON

/// The lines about a document that precede each of its chunks (`contract/vectors.md` 5.4).
public enum ChunkHeader {
    /// - Parameters:
    ///   - metadata: the keys of a stored document.
    ///   - page: where the chunk begins, in documents that have pages; the reference does not know them.
    /// - Returns: the header with its two line feeds at the end, empty when the document has none of the keys.
    public static func text(for metadata: JSONObject, page: Int? = nil) -> String {
        var lines = ""
        add("sourceDocument", metadata["title"], to: &lines)
        add("published", metadata["published"], to: &lines)
        if let source = metadata["chunkSource"]?.stringValue.flatMap(source) { lines += "source: \(source)\n" }
        if let page { lines += "\(pageLabel)\(page)\n" }
        return lines.isEmpty ? "" : "<document_metadata>\n\(lines)</document_metadata>\n\n"
    }

    private static let pageLabel = "page: "

    /// The page that a passage's header names.
    public static func page(of passage: String) -> Int? {
        guard let end = passage.firstRange(of: "\n</document_metadata>\n") else { return nil }
        let head = passage[..<end.lowerBound]
        let line = head.lastIndex(of: "\n").map { head[head.index(after: $0)...] } ?? head
        return line.hasPrefix(pageLabel) ? Int(line.dropFirst(pageLabel.count)) : nil
    }

    private static func add(_ label: String, _ value: JSONValue?, to lines: inout String) {
        guard let value, JavaScriptText.isTruthy(value) else { return }
        lines += "\(label): \(JavaScriptText.string(value))\n"
    }

    private static func source(_ chunkSource: String) -> String? {
        let prefixes = ["link://", "youtube://"]
        guard prefixes.contains(where: { chunkSource.hasPrefix($0) }) else { return nil }
        return prefixes.lazy.compactMap { between($0, in: chunkSource) }.first
    }

    /// What stands between the first and the second occurrence of `mark`; nil when there is none or nothing follows.
    private static func between(_ mark: String, in text: String) -> String? {
        guard let start = text.firstRange(of: mark)?.upperBound else { return nil }
        let rest = text[start...]
        let part = rest.firstRange(of: mark).map { rest[..<$0.lowerBound] } ?? rest
        return part.isEmpty ? nil : String(part)
    }
}
