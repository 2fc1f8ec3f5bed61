public import GRDB

/// What a later prompt needs of a row of `chats`: a chat reads twenty of them, and has no use for nine of the columns.
public struct SaidRecord: Sendable, Equatable, FetchableRecord {
    public var prompt: String
    /// JSON text (contract/chat.md 12.1).
    public var response: String

    public init(row: Row) {
        prompt = row[0]
        response = row[1]
    }
}
