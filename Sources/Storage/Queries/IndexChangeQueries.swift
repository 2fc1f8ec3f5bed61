import GRDB

extension Transaction {
    /// What the present state of a workspace's vectors is called; nil when no document was ever in it.
    public func indexGeneration(workspaceId: Int64) throws -> Int64? {
        let sql = "SELECT generation FROM indexChanges WHERE workspaceId = ? ORDER BY id DESC LIMIT 1"
        return try Int64.fetchOne(db.cachedStatement(sql: sql), arguments: [workspaceId])
    }

    /// The documents that came, went or got other vectors since that generation, each once.
    ///
    /// - Returns: nil when this database never was in that state, or does not remember it.
    public func documentsChanged(workspaceId: Int64, since generation: Int64) throws -> [Int64]? {
        let found = "SELECT id FROM indexChanges WHERE workspaceId = ? AND generation = ? ORDER BY id DESC LIMIT 1"
        guard let start = try Int64.fetchOne(db, sql: found, arguments: [workspaceId, generation]) else { return nil }
        let sql = """
            SELECT DISTINCT workspaceDocumentId FROM indexChanges WHERE workspaceId = ? AND id > ?
            ORDER BY workspaceDocumentId
            """
        return try Int64.fetchAll(db, sql: sql, arguments: [workspaceId, start])
    }

    /// Notes that a document that stays has got other chunks; its coming and going are noted by themselves.
    public func noteIndexChange(workspaceId: Int64, workspaceDocumentId: Int64) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO indexChanges (workspaceId, workspaceDocumentId, generation) VALUES (?, ?, random())
                """)
        try statement.execute(arguments: [workspaceId, workspaceDocumentId])
    }

    /// Forgets the changes that led to that generation, which itself stays known.
    public func forgetIndexChanges(workspaceId: Int64, before generation: Int64) throws {
        try db.execute(
            sql: """
                DELETE FROM indexChanges WHERE workspaceId = ?1 AND id < (
                  SELECT MAX(id) FROM indexChanges WHERE workspaceId = ?1 AND generation = ?2)
                """,
            arguments: [workspaceId, generation])
    }
}
