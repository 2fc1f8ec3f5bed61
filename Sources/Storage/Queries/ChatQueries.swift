import GRDB

/// Whose rows a query over chats means.
public struct ChatScope: Sendable, Equatable {
    public var workspaceId: Int64
    public var threadId: Int64?
    public var userId: Int64?
    public var apiSessionId: String?

    public init(workspaceId: Int64, threadId: Int64? = nil, userId: Int64? = nil, apiSessionId: String? = nil) {
        self.workspaceId = workspaceId
        self.threadId = threadId
        self.userId = userId
        self.apiSessionId = apiSessionId
    }
}

extension Transaction {
    /// Appends a row and sets its id.
    public func insert(_ chat: inout ChatRecord) throws {
        // By a statement that is kept: GRDB puts that of a record together for each insertion.
        let statement = try db.cachedStatement(
            sql: "INSERT INTO chats (\(ChatRecord.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: chat.values)
        chat.id = db.lastInsertedRowID
    }

    /// The newest `limit` included rows whose thread, user and session equal the scope's (nil means null), oldest first.
    public func history(_ scope: ChatScope, limit: Int) throws -> [SaidRecord] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT prompt, response FROM chats
                WHERE workspaceId = ? AND threadId IS ? AND userId IS ? AND apiSessionId IS ? AND include = 1
                ORDER BY id DESC LIMIT ?
                """)
        let arguments: StatementArguments = [
            scope.workspaceId, scope.threadId, scope.userId, scope.apiSessionId, limit,
        ]
        return try SaidRecord.fetchAll(statement, arguments: arguments).reversed()
    }

    /// The default listing of a workspace: no thread, no session, included rows of all users.
    public func chats(workspaceId: Int64, limit: Int, descending: Bool) throws -> [ChatRecord] {
        try chats(
            "workspaceId = ? AND threadId IS NULL AND apiSessionId IS NULL AND include = 1", [workspaceId], limit,
            descending)
    }

    /// The listing of a session: no thread, no user, hidden rows too.
    public func chats(workspaceId: Int64, session: String, limit: Int, descending: Bool) throws -> [ChatRecord] {
        try chats(
            "workspaceId = ? AND threadId IS NULL AND userId IS NULL AND apiSessionId = ?", [workspaceId, session],
            limit, descending)
    }

    /// The included rows of a thread without a session, all users, in id order.
    public func chats(workspaceId: Int64, threadId: Int64) throws -> [ChatRecord] {
        let sql = """
            SELECT \(ChatRecord.columns) FROM chats
            WHERE workspaceId = ? AND threadId = ? AND apiSessionId IS NULL AND include = 1 ORDER BY id
            """
        return try ChatRecord.fetchAll(db.cachedStatement(sql: sql), arguments: [workspaceId, threadId])
    }

    /// Hides rows from history: those of the scope's thread and session, of its user when it has one, else of all.
    public func hideChats(_ scope: ChatScope) throws {
        try db.execute(
            sql: """
                UPDATE chats SET include = 0
                WHERE workspaceId = ? AND threadId IS ? AND apiSessionId IS ? AND (? IS NULL OR userId = ?)
                """,
            arguments: [scope.workspaceId, scope.threadId, scope.apiSessionId, scope.userId, scope.userId])
    }

    private func chats(
        _ condition: String, _ arguments: StatementArguments, _ limit: Int, _ descending: Bool
    ) throws -> [ChatRecord] {
        let direction = descending ? "DESC" : "ASC"
        let sql = """
            SELECT \(ChatRecord.columns) FROM chats WHERE \(condition)
            ORDER BY createdAt \(direction), id \(direction) LIMIT \(limit)
            """
        return try ChatRecord.fetchAll(db, sql: sql, arguments: arguments)
    }
}
