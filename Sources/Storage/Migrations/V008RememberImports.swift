import GRDB

/// What has been taken over from other programs' storages, so that a second import takes only what is new.
enum V008RememberImports {
    static func migrate(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE imports (
                  source TEXT NOT NULL,
                  kind TEXT NOT NULL,
                  sourceKey TEXT NOT NULL,
                  targetId INTEGER NOT NULL,
                  PRIMARY KEY (source, kind, sourceKey)
                ) WITHOUT ROWID
                """)
    }
}
