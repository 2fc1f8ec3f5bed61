import GRDB

/// What listings of large libraries, their change tags, and the search for duplicates need.
enum V006ScaleLibrary {
    static func migrate(_ db: Database) throws {
        for statement in columns + version { try db.execute(sql: statement) }
        for (name, event) in changes {
            try db.execute(
                sql: """
                    CREATE TRIGGER libraryVersion\(name) AFTER \(event)
                    BEGIN UPDATE libraryVersion SET version = version + 1; END
                    """)
        }
    }

    private static let columns = [
        // SHA-256 of the text alone; null for documents that nobody has looked at yet.
        "ALTER TABLE documents ADD COLUMN textHash BLOB",
        // Where the content came from: a line of the address and one of the title.
        "ALTER TABLE documents ADD COLUMN source TEXT",
        "ALTER TABLE documents ADD COLUMN updatedAt INTEGER NOT NULL DEFAULT 0",
        "UPDATE documents SET updatedAt = createdAt",
        "CREATE INDEX documentsByText ON documents(textHash)",
        "CREATE INDEX documentsBySource ON documents(source)",
        "CREATE INDEX documentsByChange ON documents(updatedAt)",
    ]

    /// A number that goes up with every change of what listings show; the token tells databases apart.
    private static let version = [
        "CREATE TABLE libraryVersion (token TEXT NOT NULL, version INTEGER NOT NULL)",
        "INSERT INTO libraryVersion VALUES (lower(hex(randomblob(8))), 0)",
    ]

    private static let changes = [
        ("DocumentInserted", "INSERT ON documents"), ("DocumentUpdated", "UPDATE ON documents"),
        ("DocumentDeleted", "DELETE ON documents"), ("FolderInserted", "INSERT ON folders"),
        ("FolderUpdated", "UPDATE ON folders"), ("FolderDeleted", "DELETE ON folders"),
        ("EmbeddingInserted", "INSERT ON embeddings"), ("EmbeddingDeleted", "DELETE ON embeddings"),
        ("MarkInserted", "INSERT ON workspaceDocuments WHEN new.pinned OR new.watched"),
        ("MarkUpdated", "UPDATE OF pinned, watched ON workspaceDocuments"),
        ("MarkDeleted", "DELETE ON workspaceDocuments WHEN old.pinned OR old.watched"),
    ]
}
