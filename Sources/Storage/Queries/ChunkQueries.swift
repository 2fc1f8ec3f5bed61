import Foundation
import GRDB

extension Transaction {
    /// Calls `body` for every vector of a workspace in chunk order; the bytes are valid during the call only.
    public func forEachVector(
        workspaceId: Int64, _ body: (_ chunk: Int64, _ document: Int64, _ vector: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let sql = """
            SELECT chunks.id, workspaceDocumentId, vector FROM workspaceDocuments
            JOIN chunks ON workspaceDocumentId = workspaceDocuments.id
            JOIN passageVectors USING (passageId)
            WHERE workspaceId = ? ORDER BY workspaceDocuments.id, chunks.id
            """
        let rows = try Row.fetchCursor(db, sql: sql, arguments: [workspaceId])
        while let row = try rows.next() {
            let chunk: Int64 = row[0]
            let document: Int64 = row[1]
            try row.withUnsafeData(atIndex: 2) { data in
                try data?.withUnsafeBytes { try body(chunk, document, $0) }
            }
        }
    }

    /// Calls `body` for every vector of one document in chunk order; the bytes are valid during the call only.
    public func forEachVector(
        workspaceDocumentId: Int64, _ body: (_ chunk: Int64, _ vector: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let sql = """
            SELECT chunks.id, vector FROM chunks JOIN passageVectors USING (passageId)
            WHERE workspaceDocumentId = ? ORDER BY chunks.id
            """
        let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [workspaceDocumentId])
        while let row = try rows.next() {
            let chunk: Int64 = row[0]
            try row.withUnsafeData(atIndex: 1) { data in
                try data?.withUnsafeBytes { try body(chunk, $0) }
            }
        }
    }

    /// The chunks of those ids that still exist, by id.
    public func chunks(ids: [Int64]) throws -> [Int64: ChunkRecord] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT vectorId, text, metadata FROM chunks
                JOIN passages ON passages.id = passageId
                JOIN workspaceDocuments ON workspaceDocuments.id = workspaceDocumentId
                WHERE chunks.id = ?
                """)
        var chunks: [Int64: ChunkRecord] = [:]
        for id in ids {
            guard let row = try Row.fetchOne(statement, arguments: [id]) else { continue }
            chunks[id] = ChunkRecord(vectorId: row[0], text: row[1], metadata: row[2])
        }
        return chunks
    }

    /// Number of vectors over all workspaces.
    public func vectorCount() throws -> Int {
        try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM chunks") ?? 0
    }

    /// Number of vectors of one workspace.
    public func vectorCount(workspaceId: Int64) throws -> Int {
        let sql = """
            SELECT COUNT(*) FROM workspaceDocuments JOIN chunks ON workspaceDocumentId = workspaceDocuments.id
            WHERE workspaceId = ?
            """
        return try Int.fetchOne(db.cachedStatement(sql: sql), arguments: [workspaceId]) ?? 0
    }
}
