import GRDB

extension Transaction {
    /// The documents of a listing in byte order of folders and names, which is that of an index.
    ///
    /// - Parameter limit: nil for all from `offset` on.
    public func listedDocuments(
        _ filter: LibraryFilter, offset: Int = 0, limit: Int? = nil
    ) throws -> [ListedDocumentRecord] {
        let (condition, arguments) = filter.condition
        let sql = """
            SELECT folder, fileName, metadata,
              EXISTS (SELECT 1 FROM embeddings WHERE docpath = folder || '/' || fileName)
            FROM documents \(condition) ORDER BY folder, fileName LIMIT ? OFFSET ?
            """
        let tail: StatementArguments = [limit ?? -1, offset]
        return try ListedDocumentRecord.fetchAll(db.cachedStatement(sql: sql), arguments: arguments + tail)
    }

    /// How many documents a listing has over all its pages.
    public func documentCount(_ filter: LibraryFilter) throws -> Int {
        let (condition, arguments) = filter.condition
        return try Int.fetchOne(
            db.cachedStatement(sql: "SELECT COUNT(*) FROM documents \(condition)"), arguments: arguments) ?? 0
    }

    /// A text that is another one after every change of what listings show.
    public func libraryVersion() throws -> String {
        let statement = try db.cachedStatement(sql: "SELECT token || '-' || version FROM libraryVersion")
        return try String.fetchOne(statement) ?? ""
    }
}

extension LibraryFilter {
    fileprivate var condition: (sql: String, arguments: StatementArguments) {
        var terms: [String] = []
        var arguments = StatementArguments()
        if let folder {
            terms.append("folder = ?")
            arguments += [folder]
        } else {
            terms.append("instr(folder, '/') = 0 AND substr(folder, -3) <> '.md'")
        }
        if let exceptFolder {
            terms.append("folder <> ?")
            arguments += [exceptFolder]
        }
        if let search, !search.isEmpty {
            // GRDB's function knows the case of every letter, SQLite's own of ASCII only.
            terms.append("instr(swiftLowercaseString(fileName || char(10) || ifnull(source, '')), ?) > 0")
            arguments += [search.lowercased()]
        }
        if let updatedSince {
            terms.append("updatedAt >= ?")
            arguments += [updatedSince]
        }
        return ("WHERE " + terms.joined(separator: " AND "), arguments)
    }
}
