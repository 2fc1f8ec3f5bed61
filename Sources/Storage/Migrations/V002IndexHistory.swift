import GRDB

/// The prompt of every chat needs the newest rows of its conversation: in the order of the index, not by sorting all
/// rows of the workspace.
enum V002IndexHistory {
    static func migrate(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE INDEX chatsForHistory ON chats(workspaceId, threadId, apiSessionId, userId, id) WHERE include = 1
                """)
    }
}
