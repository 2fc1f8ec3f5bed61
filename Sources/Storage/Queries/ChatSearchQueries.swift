import GRDB

extension Transaction {
    /// Whether there are chats that the full-text index does not know.
    public func hasUnindexedChats() throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM chats WHERE id > (SELECT indexedTo FROM chatSearchState))"
        return try Bool.fetchOne(db.cachedStatement(sql: sql)) ?? false
    }

    /// Takes the next `limit` chats into the full-text index.
    public func indexChats(limit: Int) throws {
        let last = try Int64.fetchOne(
            db,
            sql: """
                SELECT max(id) FROM (
                  SELECT id FROM chats WHERE id > (SELECT indexedTo FROM chatSearchState) ORDER BY id LIMIT ?)
                """,
            arguments: [limit])
        guard let last else { return }
        try db.execute(
            sql: """
                INSERT INTO chatSearch (rowid, prompt, answer) SELECT id, prompt, answer FROM chatTexts
                WHERE id > (SELECT indexedTo FROM chatSearchState) AND id <= ?
                """,
            arguments: [last])
        try db.execute(sql: "UPDATE chatSearchState SET indexedTo = ?", arguments: [last])
    }

    /// Included exchanges of a workspace, those in threads and sessions too, that have all of the words in prompt or
    /// answer; best first, ties newest first. Letters match in any case, with or without their marks.
    ///
    /// - Parameters:
    ///   - words: plain text, whatever is in it; a word that has no letter or digit matches nothing.
    ///   - limit: at least 1.
    public func searchChats(workspaceId: Int64, words: [String], limit: Int) throws -> [ChatMatchRecord] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT chats.id, chats.prompt, snippet(chatSearch, 1, '', '', '…', 32), threads.slug,
                  chats.apiSessionId, chats.createdAt, chatSearch.rank
                FROM chatSearch JOIN chats ON chats.id = chatSearch.rowid
                LEFT JOIN threads ON threads.id = chats.threadId
                WHERE chatSearch MATCH ? AND chats.workspaceId = ? AND chats.include = 1
                ORDER BY chatSearch.rank, chats.id DESC LIMIT ?
                """)
        return try ChatMatchRecord.fetchAll(statement, arguments: [Self.pattern(words), workspaceId, limit])
    }

    /// Each word as an FTS5 string, in which a doubled quote is the only escape (sqlite.org/fts5.html, section 3.1); the
    /// words of the index may go on after it.
    private static func pattern(_ words: [String]) -> String {
        words.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"*" }.joined(separator: " ")
    }
}
