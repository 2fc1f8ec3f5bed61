import GRDB

extension Transaction {
    /// The oldest document that has exactly that text.
    public func document(textHash: [UInt8]) throws -> LibraryDocumentRecord? {
        let sql = "SELECT \(LibraryDocumentRecord.columns) FROM documents WHERE textHash = ? ORDER BY id LIMIT 1"
        return try LibraryDocumentRecord.fetchOne(
            db.cachedStatement(sql: sql), arguments: [textHash.databaseBlob])
    }

    /// The newest document that came from there.
    ///
    /// - Parameter folder: nil for any.
    public func document(source: String, folder: String?) throws -> LibraryDocumentRecord? {
        let sql = """
            SELECT \(LibraryDocumentRecord.columns) FROM documents WHERE source = ?1 AND (?2 IS NULL OR folder = ?2)
            ORDER BY id DESC LIMIT 1
            """
        return try LibraryDocumentRecord.fetchOne(db.cachedStatement(sql: sql), arguments: [source, folder])
    }

    /// Documents that have no hash of their text yet, oldest first.
    public func documentsWithoutTextHash(limit: Int) throws -> [LibraryDocumentRecord] {
        let sql = "SELECT \(LibraryDocumentRecord.columns) FROM documents WHERE textHash IS NULL ORDER BY id LIMIT ?"
        return try LibraryDocumentRecord.fetchAll(db.cachedStatement(sql: sql), arguments: [limit])
    }

    /// Notes hash and source of a document whose content is still the one that they were made from.
    public func setFingerprint(of document: LibraryDocumentRecord) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE documents SET textHash = ?, source = ? WHERE id = ? AND contentHash = ?")
        try statement.execute(
            arguments: [
                document.textHash?.databaseBlob, document.source, document.id, document.contentHash.databaseBlob,
            ])
    }
}
