import GRDB

/// Which rows a listing of chats shows.
public enum ChatListing: Sendable, Equatable {
    /// No thread, no session, included rows of all users.
    case workspace(Int64)
    /// No thread, no user, hidden rows too.
    case session(String, workspaceId: Int64)
    /// Included rows without a session, of all users.
    case thread(Int64, workspaceId: Int64)
}

/// A place in a listing: the row that was shown last.
public struct ChatPosition: Sendable, Equatable {
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64
    public var id: Int64

    public init(createdAt: Int64, id: Int64) {
        self.createdAt = createdAt
        self.id = id
    }
}

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

extension Transaction {
    /// The next rows of a listing in the order of their time, ties by id in the same direction.
    ///
    /// - Parameter position: nil begins at the start.
    public func chats(
        _ listing: ChatListing, after position: ChatPosition?, limit: Int, descending: Bool
    ) throws -> [ChatRecord] {
        var (condition, arguments) = listing.condition
        if let position {
            condition += " AND (createdAt, id) \(descending ? "<" : ">") (?, ?)"
            arguments += [position.createdAt, position.id]
        }
        let direction = descending ? "DESC" : "ASC"
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(ChatRecord.columns) FROM chats WHERE \(condition)
                ORDER BY createdAt \(direction), id \(direction) LIMIT ?
                """)
        return try ChatRecord.fetchAll(statement, arguments: arguments + [limit])
    }

    /// - Returns: how many rows there were.
    public func deleteChats(_ selection: ChatSelection) throws -> Int {
        let statement = try db.cachedStatement(
            sql: """
                DELETE FROM chats WHERE workspaceId = ?1 AND threadId IS ?2 AND (?3 IS NULL OR apiSessionId = ?3)
                AND (?4 IS NULL OR createdAt < ?4) AND (?5 IS NULL OR createdAt >= ?5)
                """)
        try statement.execute(arguments: [
            selection.workspaceId, selection.threadId, selection.session, selection.before, selection.since,
        ])
        return db.changesCount
    }
}

extension ChatListing {
    fileprivate var condition: (String, StatementArguments) {
        switch self {
        case .workspace(let id):
            ("workspaceId = ? AND threadId IS NULL AND apiSessionId IS NULL AND include = 1", [id])
        case .session(let session, let workspaceId):
            ("workspaceId = ? AND threadId IS NULL AND userId IS NULL AND apiSessionId = ?", [workspaceId, session])
        case .thread(let id, let workspaceId):
            ("workspaceId = ? AND threadId = ? AND apiSessionId IS NULL AND include = 1", [workspaceId, id])
        }
    }
}
