import GRDB

/// Jobs that embed documents: rows, so that they survive a restart and a crash.
///
/// A job has no reference to its workspace: it is told about after the workspace has gone.
enum V004CreateJobs {
    static func migrate(_ db: Database) throws {
        for statement in statements { try db.execute(sql: statement) }
    }

    private static let statements = [
        """
        CREATE TABLE jobs (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          uuid TEXT NOT NULL UNIQUE,
          workspaceId INTEGER NOT NULL,
          workspaceSlug TEXT NOT NULL,
          workspaceName TEXT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'cancelled', 'failed')),
          error TEXT,
          total INTEGER NOT NULL,
          embedded INTEGER NOT NULL DEFAULT 0,
          skipped INTEGER NOT NULL DEFAULT 0,
          failed INTEGER NOT NULL DEFAULT 0,
          chunks INTEGER NOT NULL DEFAULT 0,
          createdAt INTEGER NOT NULL,
          startedAt INTEGER,
          endedAt INTEGER
        )
        """,
        "CREATE INDEX jobsToDo ON jobs(id) WHERE endedAt IS NULL",
        // `finished` numbers the documents of a job as they end, so that a listener can ask for what is new.
        """
        CREATE TABLE jobDocuments (
          jobId INTEGER NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          docpath TEXT NOT NULL,
          finished INTEGER,
          outcome TEXT CHECK (outcome IN ('embedded', 'skipped', 'failed')),
          error TEXT,
          PRIMARY KEY (jobId, position)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX jobDocumentsToDo ON jobDocuments(jobId, position) WHERE finished IS NULL",
        "CREATE UNIQUE INDEX jobDocumentsDone ON jobDocuments(jobId, finished) WHERE finished IS NOT NULL",
    ]
}
