import Foundation
import GRDB

extension Transaction {
    /// The embedding made from exactly that key, or nil.
    public func embedding(_ key: EmbeddingKey) throws -> Int64? {
        let sql = """
            SELECT id FROM embeddings
            WHERE docpath = ? AND contentHash = ? AND embedder = ? AND chunkSize = ? AND chunkOverlap = ?
            ORDER BY id DESC LIMIT 1
            """
        let arguments: StatementArguments = [
            key.docpath, key.contentHash.databaseBlob, key.embedder, key.chunkSize, key.chunkOverlap,
        ]
        return try Int64.fetchOne(db.cachedStatement(sql: sql), arguments: arguments)
    }

    /// The embedder that made the vectors of a workspace, all of which are of one; nil for a workspace without any.
    public func embedder(workspaceId: Int64) throws -> String? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT embedder FROM workspaceDocuments
                JOIN chunks ON workspaceDocumentId = workspaceDocuments.id
                JOIN passages ON passages.id = passageId
                JOIN embeddings ON embeddings.id = embeddingId
                WHERE workspaceId = ? LIMIT 1
                """)
        return try String.fetchOne(statement, arguments: [workspaceId])
    }

    /// Stores passages with their vectors; earlier embeddings of the document that no workspace uses any more go.
    public func insertEmbedding(_ key: EmbeddingKey, passages: [PassageRecord], createdAt: Int64) throws -> Int64 {
        try deleteUnusedEmbeddings(docpath: key.docpath)
        try db.execute(
            sql: """
                INSERT INTO embeddings (docpath, contentHash, embedder, chunkSize, chunkOverlap, createdAt)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                key.docpath, key.contentHash.databaseBlob, key.embedder, key.chunkSize, key.chunkOverlap, createdAt,
            ])
        let embedding = db.lastInsertedRowID
        let insertPassage = try db.cachedStatement(
            sql: "INSERT INTO passages (embeddingId, position, text) VALUES (?, ?, ?)")
        let insertVector = try db.cachedStatement(sql: "INSERT INTO passageVectors (passageId, vector) VALUES (?, ?)")
        for (position, passage) in passages.enumerated() {
            try insertPassage.execute(arguments: [embedding, position, passage.text])
            try insertVector.execute(arguments: [db.lastInsertedRowID, VectorBlob.data(passage.vector)])
        }
        return embedding
    }

    /// Puts every passage of an embedding into a workspace, each as a chunk with a new vector id.
    ///
    /// - Returns: the chunks' ids with their vectors, in passage order.
    public func insertChunks(
        embeddingId: Int64, workspaceDocumentId: Int64, newVectorId: () -> String
    ) throws -> [(id: Int64, vector: [Float])] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT passages.id, vector FROM passages JOIN passageVectors ON passageId = passages.id
                WHERE embeddingId = ? ORDER BY position
                """,
            arguments: [embeddingId])
        let insert = try db.cachedStatement(
            sql: "INSERT INTO chunks (vectorId, workspaceDocumentId, passageId) VALUES (?, ?, ?)")
        var chunks: [(id: Int64, vector: [Float])] = []
        while let row = try rows.next() {
            let passage: Int64 = row[0]
            let vector = try row.withUnsafeData(atIndex: 1) { data in
                data?.withUnsafeBytes { VectorBlob.vector($0) } ?? []
            }
            try insert.execute(arguments: [newVectorId(), workspaceDocumentId, passage])
            chunks.append((db.lastInsertedRowID, vector))
        }
        return chunks
    }

    /// Deletes embeddings of a document that no chunk of any workspace refers to.
    public func deleteUnusedEmbeddings(docpath: String) throws {
        try db.execute(
            sql: """
                DELETE FROM embeddings WHERE docpath = ? AND NOT EXISTS (
                  SELECT 1 FROM passages JOIN chunks ON chunks.passageId = passages.id WHERE embeddingId = embeddings.id)
                """,
            arguments: [docpath])
    }

    /// The docpaths that have a stored embedding.
    public func embeddedDocpaths() throws -> Set<String> {
        try Set(String.fetchCursor(db, sql: "SELECT DISTINCT docpath FROM embeddings"))
    }

    public func isEmbedded(docpath: String) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM embeddings WHERE docpath = ?)", arguments: [docpath]) ?? false
    }
}
