import GRDB

extension Transaction {
    /// The workspace of that slug, compared case-sensitively.
    public func workspace(slug: String) throws -> WorkspaceRecord? {
        let statement = try db.cachedStatement(
            sql: "SELECT \(WorkspaceRecord.columns) FROM workspaces WHERE slug = ?")
        return try WorkspaceRecord.fetchOne(statement, arguments: [slug])
    }

    public func workspace(id: Int64) throws -> WorkspaceRecord? {
        let statement = try db.cachedStatement(sql: "SELECT \(WorkspaceRecord.columns) FROM workspaces WHERE id = ?")
        return try WorkspaceRecord.fetchOne(statement, arguments: [id])
    }

    /// All workspaces in id order.
    public func workspaces() throws -> [WorkspaceRecord] {
        let statement = try db.cachedStatement(sql: "SELECT \(WorkspaceRecord.columns) FROM workspaces ORDER BY id")
        return try WorkspaceRecord.fetchAll(statement)
    }

    /// The workspaces whose slug is one of `slugs`, in id order.
    public func workspaces(slugs: Set<String>) throws -> [WorkspaceRecord] {
        try workspaces().filter { slugs.contains($0.slug) }
    }

    public func workspaceExists(id: Int64) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT 1 FROM workspaces WHERE id = ?")
        return try Int.fetchOne(statement, arguments: [id]) != nil
    }

    public func workspaceExists(slug: String) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM workspaces WHERE slug = ?)", arguments: [slug])
            ?? false
    }

    /// - Throws: `notUnique` when the slug is taken.
    public func insert(_ workspace: inout WorkspaceRecord) throws { try workspace.insert(db) }

    public func update(_ workspace: WorkspaceRecord) throws { try workspace.update(db) }

    /// Deletes the workspace with its threads, chats, documents and chunks; documents of the library stay.
    public func deleteWorkspace(id: Int64) throws {
        try db.execute(sql: "DELETE FROM workspaces WHERE id = ?", arguments: [id])
    }
}
