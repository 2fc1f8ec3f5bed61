public import GRDB

/// An exchange that a search over chats found.
public struct ChatMatchRecord: Sendable, Equatable {
    public var id: Int64
    public var prompt: String
    /// A part of the answer around the words that were looked for, or its beginning.
    public var excerpt: String
    public var threadSlug: String?
    public var apiSessionId: String?
    public var createdAt: Int64
    /// BM25, greater is better.
    public var score: Double
}

extension ChatMatchRecord: FetchableRecord {
    public init(row: Row) {
        id = row[0]
        prompt = row[1]
        excerpt = row[2] ?? ""
        threadSlug = row[3]
        apiSessionId = row[4]
        createdAt = row[5]
        score = -row[6]
    }
}
