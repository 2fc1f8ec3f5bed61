import GRDB

/// Answers that are given again to repeated requests, and the full-text index over chats.
enum V005KeepAnswersSearchChats {
    static func migrate(_ db: Database) throws {
        for statement in keptAnswers + chatSearch { try db.execute(sql: statement) }
    }

    private static let keptAnswers = [
        // `scope` is a hash of API key id, path and Idempotency-Key. With a chat goes what was answered to it.
        """
        CREATE TABLE keptAnswers (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          scope BLOB NOT NULL UNIQUE,
          fingerprint BLOB NOT NULL,
          status INTEGER NOT NULL,
          headers TEXT NOT NULL,
          body BLOB NOT NULL,
          chatId INTEGER REFERENCES chats(id) ON DELETE CASCADE,
          createdAt INTEGER NOT NULL
        )
        """,
        "CREATE INDEX keptAnswersByAge ON keptAnswers(createdAt)",
        "CREATE INDEX keptAnswersOfChat ON keptAnswers(chatId) WHERE chatId IS NOT NULL",
    ]

    // The texts stay in `chats` and are read from there through the view; the index holds only words. It is not written
    // by a trigger when a chat is stored: that took 0.14 ms of every chat, and 3 ms when FTS5 merged. Instead each
    // search first indexes the rows after `indexedTo`, many in one transaction. Ids of new chats only grow; an import may
    // bring smaller ones, which are indexed at once. Asking that costs a new chat some 5 microseconds.
    private static let chatSearch = [
        """
        CREATE VIEW chatTexts AS
          SELECT id, prompt, \(answer(of: "chats")) AS answer FROM chats
        """,
        """
        CREATE VIRTUAL TABLE chatSearch USING fts5(
          prompt, answer, content='chatTexts', content_rowid='id', tokenize='unicode61 remove_diacritics 2')
        """,
        "CREATE TABLE chatSearchState (indexedTo INTEGER NOT NULL)",
        "INSERT INTO chatSearchState VALUES (0)",
        """
        CREATE TRIGGER chatSearchInsert AFTER INSERT ON chats
        WHEN new.id <= (SELECT indexedTo FROM chatSearchState) BEGIN
          INSERT INTO chatSearch(rowid, prompt, answer) VALUES (new.id, new.prompt, \(answer(of: "new")));
        END
        """,
        """
        CREATE TRIGGER chatSearchDelete AFTER DELETE ON chats
        WHEN old.id <= (SELECT indexedTo FROM chatSearchState) BEGIN
          INSERT INTO chatSearch(chatSearch, rowid, prompt, answer)
            VALUES ('delete', old.id, old.prompt, \(answer(of: "old")));
        END
        """,
        """
        CREATE TRIGGER chatSearchUpdate AFTER UPDATE OF prompt, response ON chats
        WHEN old.id <= (SELECT indexedTo FROM chatSearchState) BEGIN
          INSERT INTO chatSearch(chatSearch, rowid, prompt, answer)
            VALUES ('delete', old.id, old.prompt, \(answer(of: "old")));
          INSERT INTO chatSearch(rowid, prompt, answer) VALUES (new.id, new.prompt, \(answer(of: "new")));
        END
        """,
    ]

    /// The text of a stored answer; none of a row that was damaged.
    private static func answer(of row: String) -> String {
        "CASE WHEN json_valid(\(row).response) THEN json_extract(\(row).response, '$.text') END"
    }
}
