import OrderedJSON

/// The values by which a document can be filtered: those that answers show, and those that the client gave with it.
///
/// They differ: a title gets the suffix of its file, a date becomes a text. Both count.
struct DocumentFields: Sendable {
    /// The document's keys without its content.
    let shown: JSONObject
    /// The metadata as it was given.
    let given: JSONObject

    init(shown: JSONObject, given: JSONObject) {
        self.shown = shown
        self.given = given
    }

    /// - Parameters: the two JSON texts of a row of `workspaceDocuments`.
    init(metadata: String, attributes: String) {
        self.init(
            shown: StoredJSON.object(metadata), given: attributes == "{}" ? [:] : StoredJSON.object(attributes))
    }

    /// Names under which vector search shows keys of the document (contract/vectors.md 2.3).
    private static let renamed = ["author": "docAuthor", "tokenCount": "token_count_estimate"]

    /// Every value of a field: elements of a list each for itself; none for a field that is absent or null.
    ///
    /// - Parameter name: a key, or keys joined by dots for what lies inside objects.
    func values(of name: String) -> [JSONValue] {
        let names = [name] + (Self.renamed[name].map { [$0] } ?? [])
        return [given, shown].flatMap { object in names.compactMap { Self.value(of: $0, in: object) } }
            .flatMap { $0.arrayValue ?? [$0] }.filter { !$0.isNull }
    }

    private static func value(of name: String, in object: JSONObject) -> JSONValue? {
        if let value = object[name] { return value }
        let keys = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard keys.count > 1 else { return nil }
        return keys.reduce(JSONValue?.some(.object(object))) { $0?[$1] }
    }
}
