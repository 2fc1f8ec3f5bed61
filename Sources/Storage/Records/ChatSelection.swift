/// Which rows of a workspace are to be deleted, hidden ones and those of all users included.
public struct ChatSelection: Sendable, Equatable {
    public var workspaceId: Int64
    /// Nil for the rows that are in no thread.
    public var threadId: Int64?
    /// Nil for any session and none.
    public var session: String?
    /// Only rows made before, in milliseconds since 1970.
    public var before: Int64?
    /// Only rows made then or later, in milliseconds since 1970.
    public var since: Int64?

    public init(
        workspaceId: Int64, threadId: Int64? = nil, session: String? = nil, before: Int64? = nil, since: Int64? = nil
    ) {
        self.workspaceId = workspaceId
        self.threadId = threadId
        self.session = session
        self.before = before
        self.since = since
    }
}
