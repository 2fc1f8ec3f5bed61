import Foundation
import GRDB

extension Transaction {
    /// Where a chunk stands in its document; nil when it is gone.
    public func place(chunk: Int64) throws -> ChunkPlaceRecord? {
        let sql = """
            SELECT embeddingId, position,
              (SELECT COUNT(*) FROM passages AS others WHERE others.embeddingId = passages.embeddingId)
            FROM chunks JOIN passages ON passages.id = passageId WHERE chunks.id = ?
            """
        let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [chunk])
        return row.map { ChunkPlaceRecord(embeddingId: $0[0], position: $0[1], count: $0[2]) }
    }

    /// The passages of an embedding whose positions lie in a range, in order.
    public func passages(embeddingId: Int64, positions: ClosedRange<Int>) throws -> [(position: Int, text: String)] {
        let sql = """
            SELECT position, text FROM passages WHERE embeddingId = ? AND position BETWEEN ? AND ? ORDER BY position
            """
        return try Row.fetchAll(
            db.cachedStatement(sql: sql), arguments: [embeddingId, positions.lowerBound, positions.upperBound]
        ).map { ($0[0], $0[1]) }
    }

    /// The stored vectors of those chunks that still exist, by chunk id.
    public func vectors(chunks: [Int64]) throws -> [Int64: [Float]] {
        let statement = try db.cachedStatement(
            sql: "SELECT vector FROM chunks JOIN passageVectors USING (passageId) WHERE chunks.id = ?")
        var vectors: [Int64: [Float]] = [:]
        for chunk in chunks {
            guard let row = try Row.fetchOne(statement, arguments: [chunk]) else { continue }
            vectors[chunk] = try row.withUnsafeData(atIndex: 0) { data in
                data?.withUnsafeBytes { VectorBlob.vector($0) } ?? []
            }
        }
        return vectors
    }

    /// Calls `body` for every document of a workspace: its id, the keys that answers show, and the metadata as the client
    /// gave it, both as JSON text.
    ///
    /// - Parameter documents: those of them that are wanted; nil for all.
    public func forEachMetadata(
        workspaceId: Int64, among documents: [Int64]? = nil,
        _ body: (_ document: Int64, _ metadata: String, _ attributes: String) throws -> Void
    ) throws {
        var sql = "SELECT id, metadata, attributes FROM workspaceDocuments WHERE workspaceId = ?"
        var arguments: StatementArguments = [workspaceId]
        if let documents {
            sql += " AND id IN (SELECT value FROM json_each(?))"
            arguments += [Self.list(documents)]
        }
        let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
        while let row = try rows.next() { try body(row[0], row[1], row[2]) }
    }
}
