import Documents
public import OrderedJSON

/// A passage that a search found.
public struct SearchHit: Sendable, Equatable {
    /// Position among the candidates, from 0, and the relevance that the reranker gave it, 0 to 1.
    public struct Reranking: Sendable, Equatable {
        public var corpusId: Int
        public var score: Double
    }

    /// What the score of hybrid mode was made of, each 0 to 1.
    public struct Parts: Sendable, Equatable {
        public var vector: Double
        public var lexical: Double
    }

    /// Where the passage stands among the chunks of its document, and the texts of those around it, in their order.
    public struct Place: Sendable, Equatable {
        /// From 0.
        public var index: Int
        public var count: Int
        public var before: [String]
        public var after: [String]
    }

    /// UUID of the vector record.
    public var id: String
    /// The passage with its header, as it was embedded.
    public var text: String
    /// The document's keys without its content.
    public var metadata: JSONObject
    /// Cosine distance, 0 to 2; nil when nothing was embedded.
    public var distance: Double?
    /// 0 to 1, what the threshold is compared with: the similarity, or what the search's mode makes of it.
    public var score: Double
    public var workspaceId: Int64
    /// Of rerank mode only.
    public var reranking: Reranking?
    /// Of hybrid mode only.
    public var parts: Parts?
    /// When the request asks for it.
    public var place: Place?

    /// The page on which the passage begins, in documents that have pages.
    public var page: Int? { ChunkHeader.page(of: text) }

    /// The hit as chats return and store it (contract/vectors.md 4): the record's id takes the place of the
    /// document's own.
    var source: JSONObject {
        var source = JSONObject()
        if let reranking {
            source["rerank_corpus_id"] = JSONValue(reranking.corpusId)
            source["rerank_score"] = .number(reranking.score)
        }
        source["id"] = .string(id)
        for member in metadata where member.key != "id" { source[member.key] = member.value }
        if let page { source["page"] = JSONValue(page) }
        source["text"] = .string(text)
        if let distance { source["_distance"] = .number(distance) }
        source["score"] = .number(score)
        if let parts {
            source["vectorScore"] = .number(parts.vector)
            source["lexicalScore"] = .number(parts.lexical)
        }
        return source
    }
}
