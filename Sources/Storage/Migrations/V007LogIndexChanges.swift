import GRDB

/// Which documents of a workspace changed and when, so that a snapshot of its vector index can be brought up to date.
///
/// Each change carries a random generation. A counter would be repeated by a database that was restored from a backup,
/// and a snapshot of the abandoned future would then be taken for one of the present.
enum V007LogIndexChanges {
    static func migrate(_ db: Database) throws {
        for statement in statements { try db.execute(sql: statement) }
    }

    private static let statements = [
        // Without a reference to workspaces: while one is being deleted, its documents still write their last rows.
        """
        CREATE TABLE indexChanges (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          workspaceId INTEGER NOT NULL,
          workspaceDocumentId INTEGER NOT NULL,
          generation INTEGER NOT NULL
        )
        """,
        "CREATE INDEX indexChangesOfWorkspace ON indexChanges(workspaceId, id)",
        """
        CREATE TRIGGER indexChangeByInsertion AFTER INSERT ON workspaceDocuments BEGIN
          INSERT INTO indexChanges (workspaceId, workspaceDocumentId, generation)
          VALUES (NEW.workspaceId, NEW.id, random());
        END
        """,
        """
        CREATE TRIGGER indexChangeByDeletion AFTER DELETE ON workspaceDocuments BEGIN
          INSERT INTO indexChanges (workspaceId, workspaceDocumentId, generation)
          VALUES (OLD.workspaceId, OLD.id, random());
        END
        """,
        // Runs after the documents' rows have gone with the workspace.
        """
        CREATE TRIGGER indexChangesEnd AFTER DELETE ON workspaces BEGIN
          DELETE FROM indexChanges WHERE workspaceId = OLD.id;
        END
        """,
        // A workspace that has documents has a generation.
        """
        INSERT INTO indexChanges (workspaceId, workspaceDocumentId, generation)
        SELECT workspaceId, MAX(id), random() FROM workspaceDocuments GROUP BY workspaceId
        """,
    ]
}
