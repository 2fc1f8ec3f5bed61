extension ForeignStorage {
    /// Columns as contract/storage.md 4 has them; not all tables.
    static let schema = [
        """
        CREATE TABLE _prisma_migrations (
          id TEXT PRIMARY KEY NOT NULL, migration_name TEXT NOT NULL, finished_at DATETIME, rolled_back_at DATETIME)
        """,
        """
        CREATE TABLE workspaces (
          id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, slug TEXT NOT NULL, vectorTag TEXT,
          createdAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, openAiTemp REAL, openAiHistory INTEGER NOT NULL DEFAULT 20,
          lastUpdatedAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, openAiPrompt TEXT,
          similarityThreshold REAL DEFAULT 0.25, topN INTEGER DEFAULT 4, chatMode TEXT DEFAULT 'chat', chatProvider TEXT,
          chatModel TEXT, agentProvider TEXT, agentModel TEXT, queryRefusalResponse TEXT,
          vectorSearchMode TEXT DEFAULT 'default', pfpFilename TEXT, router_id INTEGER)
        """,
        """
        CREATE TABLE workspace_threads (
          id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, slug TEXT NOT NULL,
          workspace_id INTEGER NOT NULL, user_id INTEGER, createdAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
          lastUpdatedAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP)
        """,
        """
        CREATE TABLE workspace_chats (
          id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, workspaceId INTEGER NOT NULL, prompt TEXT NOT NULL,
          response TEXT NOT NULL, include BOOLEAN NOT NULL DEFAULT true, user_id INTEGER,
          createdAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, lastUpdatedAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
          thread_id INTEGER, api_session_id TEXT, feedbackScore BOOLEAN, memory_processed BOOLEAN)
        """,
        """
        CREATE TABLE workspace_documents (
          id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, docId TEXT NOT NULL, filename TEXT NOT NULL,
          docpath TEXT NOT NULL, workspaceId INTEGER NOT NULL, metadata TEXT, pinned BOOLEAN DEFAULT false,
          watched BOOLEAN DEFAULT false, createdAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
          lastUpdatedAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP)
        """,
        """
        CREATE TABLE api_keys (
          id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name TEXT, secret TEXT, createdBy INTEGER,
          createdAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, lastUpdatedAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP)
        """,
        """
        CREATE TABLE system_settings (
          id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, value TEXT,
          createdAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, lastUpdatedAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP)
        """,
        """
        CREATE TABLE slash_command_presets (
          id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, command TEXT NOT NULL, prompt TEXT NOT NULL,
          description TEXT NOT NULL, uid INTEGER NOT NULL DEFAULT 0, userId INTEGER,
          createdAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, lastUpdatedAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP)
        """,
        """
        CREATE TABLE system_prompt_variables (
          id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, value TEXT, description TEXT,
          type TEXT NOT NULL DEFAULT 'system', userId INTEGER, createdAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
          updatedAt DATETIME NOT NULL)
        """,
        """
        CREATE TABLE users (
          id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, username TEXT, password TEXT NOT NULL,
          role TEXT NOT NULL DEFAULT 'default')
        """,
        """
        CREATE TABLE event_logs (
          id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, metadata TEXT, userId INTEGER,
          occurredAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP)
        """,
    ]
}
