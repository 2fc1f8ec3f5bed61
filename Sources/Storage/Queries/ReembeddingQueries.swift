import GRDB

extension Transaction {
    /// The documents of a workspace whose chunks are not all of that embedder, or that have none, in id order.
    public func documentsToReembed(workspaceId: Int64, embedder: String) throws -> [WorkspaceDocumentRecord] {
        let sql = """
            SELECT \(WorkspaceDocumentRecord.columns) FROM workspaceDocuments AS document
            WHERE workspaceId = ? AND ? IS NOT (\(Self.embedderOfDocument)) ORDER BY id
            """
        return try WorkspaceDocumentRecord.fetchAll(db, sql: sql, arguments: [workspaceId, embedder])
    }

    /// The workspaces that have such documents, in id order.
    public func workspacesToReembed(embedder: String) throws -> [Int64] {
        let sql = """
            SELECT DISTINCT workspaceId FROM workspaceDocuments AS document
            WHERE ? IS NOT (\(Self.embedderOfDocument)) ORDER BY workspaceId
            """
        return try Int64.fetchAll(db, sql: sql, arguments: [embedder])
    }

    /// A document's chunks come from one embedding, so the first one tells.
    private static let embedderOfDocument = """
        SELECT embedder FROM chunks JOIN passages ON passages.id = passageId JOIN embeddings ON embeddings.id = embeddingId
        WHERE workspaceDocumentId = document.id LIMIT 1
        """

    /// The embedder of a workspace's chunks beside those of one document; nil without others.
    public func embedder(workspaceId: Int64, beside document: Int64) throws -> String? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT embedder FROM workspaceDocuments AS document
                JOIN chunks ON workspaceDocumentId = document.id
                JOIN passages ON passages.id = passageId JOIN embeddings ON embeddings.id = embeddingId
                WHERE workspaceId = ? AND document.id <> ? LIMIT 1
                """)
        return try String.fetchOne(statement, arguments: [workspaceId, document])
    }

    /// Gives another embedder's name to what one made, except for vectors of that length.
    ///
    /// - Returns: the workspaces that hold any of it.
    public func renameEmbedder(
        _ embedder: String, to name: String, exceptDimensions dimensions: Int
    ) throws -> [Int64] {
        try db.execute(
            sql: """
                UPDATE embeddings SET embedder = ? WHERE embedder = ? AND ? <> (
                  SELECT length(vector) FROM passages JOIN passageVectors ON passageId = passages.id
                  WHERE embeddingId = embeddings.id LIMIT 1)
                """,
            arguments: [name, embedder, dimensions * MemoryLayout<Float>.stride])
        let sql = """
            SELECT DISTINCT workspaceId FROM workspaceDocuments AS document
            WHERE ? IS (\(Self.embedderOfDocument)) ORDER BY workspaceId
            """
        return try Int64.fetchAll(db, sql: sql, arguments: [name])
    }

    /// Takes a document's chunks away; the passages stay as a cache.
    public func deleteChunks(workspaceId: Int64, workspaceDocumentId: Int64) throws {
        try noteIndexChange(workspaceId: workspaceId, workspaceDocumentId: workspaceDocumentId)
        try db.cachedStatement(sql: "DELETE FROM chunks WHERE workspaceDocumentId = ?")
            .execute(arguments: [workspaceDocumentId])
    }
}
