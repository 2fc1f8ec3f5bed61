import GRDB
import Testing

@testable import Storage

@Suite("The full-text index over chats")
struct ChatSearchTests {
    private let database: CarrelDatabase
    private let workspace: Int64

    init() throws {
        database = try CarrelDatabase()
        workspace = try database.write { transaction in
            var workspace = WorkspaceRecord(name: "w", slug: "w", createdAt: 1)
            try transaction.insert(&workspace)
            return workspace.id ?? 0
        }
    }

    private func add(_ prompt: String, _ response: String = #"{"text":"stone"}"#, thread: Int64? = nil) throws {
        var chat = ChatRecord(
            workspaceId: workspace, prompt: prompt, response: response, include: true, userId: nil, threadId: thread,
            apiSessionId: nil, createdAt: 5)
        try database.write { try $0.insert(&chat) }
    }

    private func found(_ word: String) throws -> [String] {
        try database.read { try $0.searchChats(workspaceId: workspace, words: [word], limit: 99) }.map(\.prompt)
    }

    /// FTS5 compares every word of the texts with the index (sqlite.org/fts5.html, section 6.8).
    private func check() throws {
        try database.write { try $0.db.execute(sql: "INSERT INTO chatSearch(chatSearch) VALUES ('integrity-check')") }
    }

    @Test("rows are taken in by batches, and each once")
    func batches() throws {
        for number in 0..<5 { try add("pier \(number)") }
        for expected in [2, 4, 5, 5] {
            try database.write { try $0.indexChats(limit: 2) }
            #expect(try found("pier").count == expected)
        }
        try check()
    }

    @Test("deleting a row, its thread or its workspace takes it out, indexed or not")
    func deletion() throws {
        let thread = try database.write { transaction in
            var thread = ThreadRecord(name: "t", slug: "t", workspaceId: workspace, userId: nil, createdAt: 1)
            try transaction.insert(&thread)
            return thread.id ?? 0
        }
        try add("pier in thread", thread: thread)
        try add("pier outside")
        try add("pier damaged", "{")
        try database.write { try $0.indexChats(limit: 9) }
        try check()
        try database.write { try $0.deleteThread(id: thread) }
        #expect(try found("pier").sorted() == ["pier damaged", "pier outside"])
        try add("pier unindexed")
        try database.write { try $0.deleteWorkspace(id: workspace) }
        #expect(try found("pier").isEmpty)
        try check()
    }

    @Test("a row that an import puts among indexed ones is found")
    func smallerId() throws {
        for number in 0..<3 { try add("pier \(number)") }
        try database.write { transaction in
            try transaction.indexChats(limit: 9)
            try transaction.db.execute(sql: "DELETE FROM chats WHERE id = 2")
            try transaction.db.execute(
                sql: """
                    INSERT INTO chats (id, workspaceId, prompt, response, createdAt, lastUpdatedAt)
                    VALUES (2, ?, 'mole', '{"text":"brick"}', 1, 1)
                    """,
                arguments: [workspace])
        }
        #expect(try !database.read { try $0.hasUnindexedChats() })
        #expect(try found("brick") == ["mole"])
        try check()
    }

    @Test("a changed text is found by its new words")
    func update() throws {
        try add("pier")
        try database.write { try $0.indexChats(limit: 9) }
        try database.write {
            try $0.db.execute(sql: #"UPDATE chats SET prompt = 'mole', response = '{"text":"brick"}'"#)
        }
        #expect(try found("pier").isEmpty)
        #expect(try found("brick") == ["mole"])
        try check()
    }

    @Test("chats of an older database are found")
    func migration() throws {
        var configuration = Configuration()
        // A later migration needs it.
        configuration.prepareDatabase { $0.add(tokenizer: LexicalTokenizer.self) }
        let old = try DatabaseQueue(configuration: configuration)
        let migrator = Migrations.migrator
        try migrator.migrate(old, upTo: "V002 index history")
        try old.write { db in
            try db.execute(sql: "INSERT INTO workspaces (name, slug, createdAt, lastUpdatedAt) VALUES ('w', 'w', 1, 1)")
            try db.execute(
                sql: """
                    INSERT INTO chats (workspaceId, prompt, response, createdAt, lastUpdatedAt)
                    VALUES (1, 'pier', '{"text":"stone"}', 1, 1)
                    """)
        }
        try migrator.migrate(old)
        let words = try old.write { db in
            let transaction = Transaction(db: db)
            try transaction.indexChats(limit: 9)
            return try transaction.searchChats(workspaceId: 1, words: ["stone"], limit: 9).map(\.prompt)
        }
        #expect(words == ["pier"])
    }
}
