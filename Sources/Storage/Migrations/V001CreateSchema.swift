import GRDB

/// The first schema. Dates are milliseconds since 1970 in UTC; every id comes from AUTOINCREMENT, so that an id once
/// given is never given again.
enum V001CreateSchema {
    static func migrate(_ db: Database) throws {
        for statement in workspaces + library + embeddings + operation { try db.execute(sql: statement) }
    }

    private static let workspaces = [
        """
        CREATE TABLE workspaces (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL,
          slug TEXT NOT NULL UNIQUE,
          vectorTag TEXT,
          createdAt INTEGER NOT NULL,
          openAiTemp REAL,
          openAiHistory INTEGER NOT NULL DEFAULT 20,
          lastUpdatedAt INTEGER NOT NULL,
          openAiPrompt TEXT,
          similarityThreshold REAL DEFAULT 0.25,
          chatProvider TEXT,
          chatModel TEXT,
          topN INTEGER DEFAULT 4 CHECK (topN > 0),
          chatMode TEXT,
          pfpFilename TEXT,
          agentProvider TEXT,
          agentModel TEXT,
          queryRefusalResponse TEXT,
          vectorSearchMode TEXT,
          routerId INTEGER
        )
        """,
        """
        CREATE TABLE threads (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL,
          slug TEXT NOT NULL UNIQUE,
          workspaceId INTEGER NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
          userId INTEGER,
          createdAt INTEGER NOT NULL,
          lastUpdatedAt INTEGER NOT NULL
        )
        """,
        "CREATE INDEX threadsOfWorkspace ON threads(workspaceId)",
        """
        CREATE TABLE chats (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          workspaceId INTEGER NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
          prompt TEXT NOT NULL,
          response TEXT NOT NULL,
          include INTEGER NOT NULL DEFAULT 1,
          userId INTEGER,
          threadId INTEGER REFERENCES threads(id) ON DELETE CASCADE,
          apiSessionId TEXT,
          createdAt INTEGER NOT NULL,
          lastUpdatedAt INTEGER NOT NULL,
          feedbackScore INTEGER
        )
        """,
        "CREATE INDEX chatsOfConversation ON chats(workspaceId, threadId, apiSessionId, createdAt, id)",
        "CREATE INDEX chatsOfThread ON chats(threadId) WHERE threadId IS NOT NULL",
    ]

    private static let library = [
        "CREATE TABLE folders (name TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID",
        """
        CREATE TABLE documents (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          folder TEXT NOT NULL REFERENCES folders(name) ON UPDATE CASCADE,
          fileName TEXT NOT NULL,
          metadata TEXT NOT NULL,
          contentHash BLOB NOT NULL,
          createdAt INTEGER NOT NULL,
          UNIQUE (folder, fileName)
        )
        """,
        "CREATE INDEX documentsByFileName ON documents(fileName, folder)",
        // SQLite refuses values over 10^9 bytes, and a row is read whole: long texts lie in pieces of at most 1 MB.
        """
        CREATE TABLE documentTexts (
          documentId INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
          piece INTEGER NOT NULL,
          text TEXT NOT NULL,
          PRIMARY KEY (documentId, piece)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE workspaceDocuments (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          docId TEXT NOT NULL UNIQUE,
          filename TEXT NOT NULL,
          docpath TEXT NOT NULL,
          workspaceId INTEGER NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
          metadata TEXT NOT NULL,
          pinned INTEGER NOT NULL DEFAULT 0,
          watched INTEGER NOT NULL DEFAULT 0,
          createdAt INTEGER NOT NULL,
          lastUpdatedAt INTEGER NOT NULL
        )
        """,
        "CREATE INDEX documentsOfWorkspace ON workspaceDocuments(workspaceId, docpath)",
        "CREATE INDEX workspacesOfDocument ON workspaceDocuments(docpath)",
    ]

    private static let embeddings = [
        // One embedding of one content: shared by all workspaces that hold it, kept as a cache when none does.
        """
        CREATE TABLE embeddings (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          docpath TEXT NOT NULL,
          contentHash BLOB NOT NULL,
          embedder TEXT NOT NULL,
          chunkSize INTEGER NOT NULL,
          chunkOverlap INTEGER NOT NULL,
          createdAt INTEGER NOT NULL
        )
        """,
        "CREATE INDEX embeddingsOfDocument ON embeddings(docpath)",
        """
        CREATE TABLE passages (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          embeddingId INTEGER NOT NULL REFERENCES embeddings(id) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          text TEXT NOT NULL
        )
        """,
        "CREATE INDEX passagesOfEmbedding ON passages(embeddingId, position)",
        // Apart from the texts, so that loading an index reads vectors only. f32, little-endian, unit length.
        """
        CREATE TABLE passageVectors (
          passageId INTEGER PRIMARY KEY REFERENCES passages(id) ON DELETE CASCADE,
          vector BLOB NOT NULL
        )
        """,
        """
        CREATE TABLE chunks (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          vectorId TEXT NOT NULL UNIQUE,
          workspaceDocumentId INTEGER NOT NULL REFERENCES workspaceDocuments(id) ON DELETE CASCADE,
          passageId INTEGER NOT NULL REFERENCES passages(id)
        )
        """,
        "CREATE INDEX chunksOfDocument ON chunks(workspaceDocumentId)",
        "CREATE INDEX chunksOfPassage ON chunks(passageId)",
    ]

    private static let operation = [
        """
        CREATE TABLE eventLogs (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          event TEXT NOT NULL,
          metadata TEXT NOT NULL,
          userId INTEGER,
          occurredAt INTEGER NOT NULL
        )
        """,
        """
        CREATE TABLE telemetry (
          event TEXT PRIMARY KEY NOT NULL,
          count INTEGER NOT NULL,
          lastAt INTEGER NOT NULL,
          properties TEXT NOT NULL
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE keys (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT,
          hash TEXT NOT NULL UNIQUE,
          createdAt INTEGER NOT NULL
        )
        """,
        "CREATE TABLE settings (label TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID",
    ]
}
