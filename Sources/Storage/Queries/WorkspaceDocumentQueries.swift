import GRDB

extension Transaction {
    /// The documents of a workspace in id order.
    public func workspaceDocuments(workspaceId: Int64) throws -> [WorkspaceDocumentRecord] {
        let sql = "SELECT \(WorkspaceDocumentRecord.columns) FROM workspaceDocuments WHERE workspaceId = ? ORDER BY id"
        return try WorkspaceDocumentRecord.fetchAll(db.cachedStatement(sql: sql), arguments: [workspaceId])
    }

    /// The pinned documents of a workspace in id order.
    public func pinnedDocuments(workspaceId: Int64) throws -> [WorkspaceDocumentRecord] {
        let sql = """
            SELECT \(WorkspaceDocumentRecord.columns) FROM workspaceDocuments
            WHERE workspaceId = ? AND pinned = 1 ORDER BY id
            """
        return try WorkspaceDocumentRecord.fetchAll(db.cachedStatement(sql: sql), arguments: [workspaceId])
    }

    /// The first document of the workspace with exactly that docpath.
    public func workspaceDocument(workspaceId: Int64, docpath: String) throws -> WorkspaceDocumentRecord? {
        let sql = """
            SELECT \(WorkspaceDocumentRecord.columns) FROM workspaceDocuments
            WHERE workspaceId = ? AND docpath = ? ORDER BY id LIMIT 1
            """
        return try WorkspaceDocumentRecord.fetchOne(db.cachedStatement(sql: sql), arguments: [workspaceId, docpath])
    }

    /// Every workspace's document of that docpath.
    public func workspaceDocuments(docpath: String) throws -> [WorkspaceDocumentRecord] {
        let sql = "SELECT \(WorkspaceDocumentRecord.columns) FROM workspaceDocuments WHERE docpath = ? ORDER BY id"
        return try WorkspaceDocumentRecord.fetchAll(db.cachedStatement(sql: sql), arguments: [docpath])
    }

    public func insert(_ document: inout WorkspaceDocumentRecord) throws { try document.insert(db) }

    public func setPinned(_ pinned: Bool, workspaceDocumentId: Int64) throws {
        try db.execute(
            sql: "UPDATE workspaceDocuments SET pinned = ? WHERE id = ?", arguments: [pinned, workspaceDocumentId])
    }

    /// Notes that a document has other content; its chunks of the old content go.
    public func replaceContent(
        workspaceDocumentId id: Int64, metadata: String, attributes: String, at now: Int64
    ) throws {
        try db.execute(
            sql: "UPDATE workspaceDocuments SET metadata = ?, attributes = ?, lastUpdatedAt = ? WHERE id = ?",
            arguments: [metadata, attributes, now, id])
        try db.execute(sql: "DELETE FROM chunks WHERE workspaceDocumentId = ?", arguments: [id])
    }

    /// Removes the document from its workspace with its chunks; passages and vectors stay as a cache.
    public func deleteWorkspaceDocument(id: Int64) throws {
        try db.execute(sql: "DELETE FROM workspaceDocuments WHERE id = ?", arguments: [id])
    }

    /// Workspace ids that pin a document, and whether any watches it, by docpath.
    public func pinsAndWatches() throws -> [String: (pinnedBy: [Int64], watched: Bool)] {
        let sql = """
            SELECT docpath, workspaceId, pinned, watched FROM workspaceDocuments WHERE pinned = 1 OR watched = 1
            ORDER BY id
            """
        var result: [String: (pinnedBy: [Int64], watched: Bool)] = [:]
        let rows = try Row.fetchCursor(db, sql: sql)
        while let row = try rows.next() {
            let docpath: String = row[0]
            let workspaceId: Int64 = row[1]
            var entry = result[docpath] ?? ([], false)
            if row[2], !entry.pinnedBy.contains(workspaceId) { entry.pinnedBy.append(workspaceId) }
            entry.watched = entry.watched || row[3]
            result[docpath] = entry
        }
        return result
    }
}
