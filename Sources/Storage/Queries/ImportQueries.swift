import GRDB

extension Transaction {
    /// The rows that an earlier import from `source` has made, by their key there; some may be gone since.
    public func importedRows(source: String, _ kind: ImportedKind) throws -> [String: Int64] {
        var ids: [String: Int64] = [:]
        let rows = try Row.fetchCursor(
            db, sql: "SELECT sourceKey, targetId FROM imports WHERE source = ? AND kind = ?",
            arguments: [source, kind.rawValue])
        while let row = try rows.next() { ids[row[0]] = row[1] }
        return ids
    }

    /// Remembers that the row `id` was made from `sourceKey`.
    public func recordImport(source: String, _ kind: ImportedKind, sourceKey: String, id: Int64) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO imports (source, kind, sourceKey, targetId) VALUES (?, ?, ?, ?)")
        try statement.execute(arguments: [source, kind.rawValue, sourceKey, id])
    }

    /// The ids of the kind's table that exist.
    public func ids(of kind: ImportedKind) throws -> Set<Int64> {
        try Set(Int64.fetchCursor(db, sql: "SELECT id FROM \(kind.rawValue)"))
    }

    public func hasRow(_ id: Int64, of kind: ImportedKind) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM \(kind.rawValue) WHERE id = ?)"
        return try Bool.fetchOne(db.cachedStatement(sql: sql), arguments: [id]) ?? false
    }

    /// The greatest id that the kind's table has ever given, 0 when none: greater ids are free to take.
    public func greatestId(of kind: ImportedKind) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [kind.rawValue]) ?? 0
    }

    public func document(id: Int64) throws -> LibraryDocumentRecord? {
        let sql = "SELECT \(LibraryDocumentRecord.columns) FROM documents WHERE id = ?"
        return try LibraryDocumentRecord.fetchOne(db.cachedStatement(sql: sql), arguments: [id])
    }

    public func threadExists(slug: String) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM threads WHERE slug = ?)", arguments: [slug]) ?? false
    }

    public func workspaceDocumentExists(docId: String) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM workspaceDocuments WHERE docId = ?)"
        return try Bool.fetchOne(db.cachedStatement(sql: sql), arguments: [docId]) ?? false
    }
}
