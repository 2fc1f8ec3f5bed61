import GRDB

extension Transaction {
    /// The threads of one workspace in id order, all users.
    public func threads(workspaceId: Int64) throws -> [ThreadRecord] {
        let statement = try db.cachedStatement(
            sql: "SELECT \(ThreadRecord.columns) FROM threads WHERE workspaceId = ? ORDER BY id")
        return try ThreadRecord.fetchAll(statement, arguments: [workspaceId])
    }

    /// All threads of the instance in id order.
    public func threads() throws -> [ThreadRecord] {
        let statement = try db.cachedStatement(sql: "SELECT \(ThreadRecord.columns) FROM threads ORDER BY id")
        return try ThreadRecord.fetchAll(statement)
    }

    public func thread(slug: String, workspaceId: Int64) throws -> ThreadRecord? {
        let statement = try db.cachedStatement(
            sql: "SELECT \(ThreadRecord.columns) FROM threads WHERE slug = ? AND workspaceId = ?")
        return try ThreadRecord.fetchOne(statement, arguments: [slug, workspaceId])
    }

    /// - Throws: `notUnique` when the slug is taken anywhere in the instance.
    public func insert(_ thread: inout ThreadRecord) throws { try thread.insert(db) }

    public func update(_ thread: ThreadRecord) throws { try thread.update(db) }

    /// Deletes the thread with its chats.
    public func deleteThread(id: Int64) throws {
        try db.execute(sql: "DELETE FROM threads WHERE id = ?", arguments: [id])
    }
}
