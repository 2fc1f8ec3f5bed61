public import OrderedJSON

/// A passage that a search found.
public struct SearchHit: Sendable, Equatable {
    /// UUID of the vector record.
    public var id: String
    /// The passage with its header, as it was embedded.
    public var text: String
    /// The document's keys without its content.
    public var metadata: JSONObject
    /// Cosine distance, 0 to 2.
    public var distance: Double
    /// Similarity, 0 to 1.
    public var score: Double

    /// The hit as chats return and store it (contract/vectors.md 4): the record's id takes the place of the
    /// document's own.
    public var source: JSONObject {
        var source: JSONObject = ["id": .string(id)]
        for member in metadata where member.key != "id" { source[member.key] = member.value }
        source["text"] = .string(text)
        source["_distance"] = .number(distance)
        source["score"] = .number(score)
        return source
    }
}
