import GRDB

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
