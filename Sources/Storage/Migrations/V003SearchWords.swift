import GRDB

/// Words of passages in an index of their own (FTS5), and the metadata of documents as clients gave it.
///
/// The index holds no text of its own (external content): triggers keep it in step with `passages` in the transaction
/// that writes them, cascades included. Its tokenizer is ``LexicalTokenizer``, so only this program can write to
/// `passages`. Whoever changes what the tokenizer makes of a text adds a migration with the `rebuild` below, because
/// words are deleted by cutting the old text into the same words again.
enum V003SearchWords {
    static func migrate(_ db: Database) throws {
        db.add(tokenizer: LexicalTokenizer.self)
        for statement in words + attributes { try db.execute(sql: statement) }
    }

    private static let words = [
        """
        CREATE VIRTUAL TABLE passageWords USING fts5(
          text, content = 'passages', content_rowid = 'id', tokenize = '\(LexicalTokenizer.name)'
        )
        """,
        """
        CREATE TRIGGER passageInserted AFTER INSERT ON passages BEGIN
          INSERT INTO passageWords (rowid, text) VALUES (new.id, new.text);
        END
        """,
        """
        CREATE TRIGGER passageDeleted AFTER DELETE ON passages BEGIN
          INSERT INTO passageWords (passageWords, rowid, text) VALUES ('delete', old.id, old.text);
        END
        """,
        """
        CREATE TRIGGER passageUpdated AFTER UPDATE OF id, text ON passages BEGIN
          INSERT INTO passageWords (passageWords, rowid, text) VALUES ('delete', old.id, old.text);
          INSERT INTO passageWords (rowid, text) VALUES (new.id, new.text);
        END
        """,
        "INSERT INTO passageWords (passageWords) VALUES ('rebuild')",
    ]

    /// JSON objects, for filters of searches; what answers show is in `metadata`.
    private static let attributes = [
        "ALTER TABLE documents ADD COLUMN attributes TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE workspaceDocuments ADD COLUMN attributes TEXT NOT NULL DEFAULT '{}'",
    ]
}
