import Storage

/// A conversation of its own within a workspace (contract/threads.md 1).
public struct ChatThread: Sendable, Equatable {
    public var id: Int64
    public var name: String
    public var slug: String
    public var workspaceId: Int64
    public var userId: Int64?
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64
    public var lastUpdatedAt: Int64
}

extension ChatThread {
    init(_ record: ThreadRecord) {
        id = record.id ?? 0
        name = record.name
        slug = record.slug
        workspaceId = record.workspaceId
        userId = record.userId
        createdAt = record.createdAt
        lastUpdatedAt = record.lastUpdatedAt
    }
}
