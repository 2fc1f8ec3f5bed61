import GRDB

extension Transaction {
    /// Largest piece of a text in bytes of UTF-8.
    static let textPieceLimit = 1_000_000

    /// Creates the folder when it is not there yet.
    public func createFolder(_ name: String) throws {
        try db.execute(sql: "INSERT OR IGNORE INTO folders (name) VALUES (?)", arguments: [name])
    }

    public func folderExists(_ name: String) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM folders WHERE name = ?)", arguments: [name]) ?? false
    }

    /// All folder names in byte order.
    public func folders() throws -> [String] {
        try String.fetchAll(db, sql: "SELECT name FROM folders ORDER BY name")
    }

    public func deleteFolder(_ name: String) throws {
        try db.execute(sql: "DELETE FROM documents WHERE folder = ?", arguments: [name])
        try db.execute(sql: "DELETE FROM folders WHERE name = ?", arguments: [name])
    }

    /// Stores a document with its text, creating its folder.
    ///
    /// - Throws: `notUnique` when the folder holds a document of that name.
    public func insert(_ document: inout LibraryDocumentRecord, text: String) throws {
        try createFolder(document.folder)
        try document.insert(db)
        try insertText(text, documentId: document.id)
    }

    /// The same with the text in pieces of at most a megabyte, as they come.
    ///
    /// - Parameter next: nil at the end.
    public func insert(_ document: inout LibraryDocumentRecord, next: () throws -> String?) throws {
        try createFolder(document.folder)
        try document.insert(db)
        let statement = try db.cachedStatement(
            sql: "INSERT INTO documentTexts (documentId, piece, text) VALUES (?, ?, ?)")
        var number = 0
        while let piece = try next() {
            try statement.execute(arguments: [document.id, number, piece])
            number += 1
        }
    }

    private func insertText(_ text: String, documentId: Int64?) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO documentTexts (documentId, piece, text) VALUES (?, ?, ?)")
        for (piece, slice) in TextPieces(text, limit: Self.textPieceLimit).enumerated() {
            try statement.execute(arguments: [documentId, piece, String(slice)])
        }
    }

    /// Gives a document other content.
    public func replace(_ document: LibraryDocumentRecord, text: String) throws {
        try document.update(db)
        try db.execute(sql: "DELETE FROM documentTexts WHERE documentId = ?", arguments: [document.id])
        try insertText(text, documentId: document.id)
    }

    public func document(folder: String, fileName: String) throws -> LibraryDocumentRecord? {
        let sql = "SELECT \(LibraryDocumentRecord.columns) FROM documents WHERE folder = ? AND fileName = ?"
        return try LibraryDocumentRecord.fetchOne(db.cachedStatement(sql: sql), arguments: [folder, fileName])
    }

    /// The document of that name in the first folder, in byte order, that has one.
    public func document(fileName: String) throws -> LibraryDocumentRecord? {
        let sql = "SELECT \(LibraryDocumentRecord.columns) FROM documents WHERE fileName = ? ORDER BY folder LIMIT 1"
        return try LibraryDocumentRecord.fetchOne(db.cachedStatement(sql: sql), arguments: [fileName])
    }

    /// All documents ordered by folder, then by name, both in byte order.
    public func documents() throws -> [LibraryDocumentRecord] {
        let sql = "SELECT \(LibraryDocumentRecord.columns) FROM documents ORDER BY folder, fileName"
        return try LibraryDocumentRecord.fetchAll(db.cachedStatement(sql: sql))
    }

    /// The documents of a folder in byte order of their names; `limit` nil means all from `offset` on.
    public func documents(folder: String, offset: Int, limit: Int?) throws -> [LibraryDocumentRecord] {
        let sql = """
            SELECT \(LibraryDocumentRecord.columns) FROM documents WHERE folder = ?
            ORDER BY fileName LIMIT ? OFFSET ?
            """
        return try LibraryDocumentRecord.fetchAll(
            db.cachedStatement(sql: sql), arguments: [folder, limit ?? -1, offset])
    }

    /// The whole text of a document.
    public func text(documentId: Int64) throws -> String {
        let sql = "SELECT text FROM documentTexts WHERE documentId = ? ORDER BY piece"
        return try String.fetchAll(db.cachedStatement(sql: sql), arguments: [documentId]).joined()
    }

    /// Moves a document to another name.
    ///
    /// - Throws: `notUnique` when the destination exists, `constraint` when its folder does not.
    public func moveDocument(id: Int64, folder: String, fileName: String) throws {
        try db.execute(
            sql: "UPDATE documents SET folder = ?, fileName = ? WHERE id = ?", arguments: [folder, fileName, id])
    }

    public func deleteDocument(folder: String, fileName: String) throws {
        try db.execute(
            sql: "DELETE FROM documents WHERE folder = ? AND fileName = ?", arguments: [folder, fileName])
    }
}
