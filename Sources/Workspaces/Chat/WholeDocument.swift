import OrderedJSON

/// A document given to the model whole, because it is pinned or attached to the message.
struct WholeDocument: Sendable {
    var text: String
    /// The document's keys without its content.
    var metadata: JSONObject

    /// Drops search hits of the same document; nil when it lacks a title or a date.
    var identity: String? { DocumentIdentity.of(metadata) }

    /// What the client is shown: an excerpt, then the document's keys (contract/chat.md 8.2).
    var source: JSONObject {
        let excerpt = text.prefix(utf16Length: 1000) + "...continued on in source document..."
        var source: JSONObject = ["text": .string(excerpt)]
        for member in metadata where member.key != "text" { source[member.key] = member.value }
        return source
    }
}
