import OrderedJSON

/// The identifier by which pinned documents drop search hits of their own (contract/vectors.md 3.4).
enum DocumentIdentity {
    /// - Returns: `title:<title>-timestamp:<published>`, or nil when the document lacks either, which equals no other.
    static func of(_ metadata: JSONObject) -> String? {
        guard let title = metadata["title"]?.stringValue, !title.isEmpty,
            let published = metadata["published"]?.stringValue, !published.isEmpty
        else { return nil }
        return "title:\(title)-timestamp:\(published)"
    }
}
