/// A row of `workspace_threads` (contract/storage.md 4.2).
public struct ForeignThread: Sendable, Equatable {
    public var id: Int64
    public var name: String
    /// May be empty.
    public var slug: String
    public var workspaceId: Int64
    public var userId: Int64?
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64?
    public var lastUpdatedAt: Int64?
}

extension ForeignThread {
    /// Nil without an id or a workspace.
    init?(_ row: ForeignRow) {
        guard let id = row.integer("id"), let workspaceId = row.integer("workspace_id") else { return nil }
        self.id = id
        self.workspaceId = workspaceId
        name = row.text("name") ?? "Thread"
        slug = row.text("slug") ?? ""
        userId = row.integer("user_id")
        createdAt = row.date("createdAt")
        lastUpdatedAt = row.date("lastUpdatedAt")
    }
}
