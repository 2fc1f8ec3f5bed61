import GRDB
import Testing

@testable import Storage

@Suite("Lexical search")
struct LexicalSearchTests {
    /// A workspace that holds each text as a document of one passage, ids from 1 in order.
    private func library(_ texts: [String], in old: CarrelDatabase? = nil) throws -> CarrelDatabase {
        let database = try old ?? CarrelDatabase()
        try database.write { transaction in
            var workspace = WorkspaceRecord(name: "ops", slug: "ops\(try transaction.workspaces().count)", createdAt: 1)
            try transaction.insert(&workspace)
            for (number, text) in texts.enumerated() {
                let name = "\(workspace.slug)-\(number)"
                var row = WorkspaceDocumentRecord(
                    docId: name, filename: name, docpath: name, workspaceId: workspace.id ?? 0, metadata: "{}",
                    createdAt: 1)
                try transaction.insert(&row)
                let key = EmbeddingKey(docpath: name, contentHash: [], embedder: "e", chunkSize: 1, chunkOverlap: 0)
                let embedding = try transaction.insertEmbedding(
                    key, passages: [PassageRecord(text: text, vector: [1, 0])], createdAt: 1)
                _ = try transaction.insertChunks(
                    embeddingId: embedding, workspaceDocumentId: row.id ?? 0, newVectorId: { name })
            }
        }
        return database
    }

    /// Ids of the chunks found, best first.
    private func search(
        _ text: String, _ database: CarrelDatabase, workspace: Int64 = 1, documents: Set<Int64>? = nil, limit: Int = 50
    ) throws -> [Int64] {
        try database.read { transaction in
            guard let query = try transaction.lexicalQuery(text) else { return [] }
            return try transaction.lexicalHits(
                query, workspaceIds: [workspace], documents: documents, limit: limit
            ).map(\.id)
        }
    }

    private static let texts = [
        "The pump RX-4417b leaks at the lower seal.",  // 1
        "The pump RX-4471b leaks at the lower seal.",  // 2
        "Die Lieferung an Frau Müller erfolgt im März.",  // 3
        "La crème brûlée se sert très froide.",  // 4
        "合同规定交货期为六月底，付款在交货后三十天内完成。",  // 5
        "会議は東京タワーの近くの喫茶店で行われます。",  // 6
        "배송은 주문일로부터 사흘 안에 완료됩니다.",  // 7
        "Invoice 2026-03-0815 was paid by O'Brien & Sons, file config_v2.yaml.",  // 8
        "Visitors are running late; the deliveries were moved.",  // 9
    ]

    /// A question and the chunks that have what it asks for.
    static let questions: [(String, [Int64])] = [
        ("RX-4417b", [1]), ("rx 4417b", [1, 2]), ("RX4417b", [1]), ("rx-44", [1, 2]),
        ("what is wrong with RX-4471b?", [2]),
        ("muller", [3]), ("Müller", [3]), ("Liefer", [3]), ("marz", [3]), ("creme brulee", [4]), ("CRÈME", [4]),
        ("交货", [5]), ("付款", [5]), ("交货期是什么时候", [5]), ("货", [5]), ("成", [5]), ("東京タワー", [6]), ("喫茶店", [6]),
        ("会議はどこですか", [6]), ("배송", [7]), ("배송이 언제 되나요", [7]), ("완료", [7]), ("2026-03-0815", [8]),
        ("20260308", [8]), ("O'Brien", [8]), ("config_v2.yaml", [8]), ("delivery", [9]), ("run", [9]), ("nothing", []),
        ("", []), ("   ", []), ("?!…", []), ("\0", []),
    ]

    @Test("words, codes, accents and writing without spaces are found", arguments: questions)
    func find(question: String, expected: [Int64]) throws {
        #expect(Set(try search(question, library(Self.texts))) == Set(expected))
    }

    @Test(
        "no text is syntax",
        arguments: [
            "\"", "pump\"", "\"pump", "pump\" OR \"seal", "pump AND", "NOT pump", "pump*", "^pump", "text:pump",
            "(pump", "pump)", "pump NEAR seal", "NEAR(pump seal, 2)", "{text}:pump", "pump + seal", "-pump", "pump'--",
            "pump\0seal", "pump; DROP TABLE passages", "\u{200B}pump", "pump\\", "*", "-", "+", "\"\"", "''",
        ])
    func syntax(text: String) throws {
        let database = try library(Self.texts)
        let found = try search(text, database)
        let isAboutPumps = text.contains("pump") && !text.contains("\u{200B}")
        if isAboutPumps { #expect(found.contains(1) && found.contains(2)) }
        #expect(try search("pump", database) == [1, 2])
    }

    @Test("random texts never fail", arguments: 1...20)
    func random(seed: UInt64) throws {
        let database = try library(Self.texts)
        let alphabet = Array("ab4 \"'*()^:-+{}\\/,.;%\0\u{7}é東京タはß😀AND OR NOT NEAR")
        var state = seed
        for _ in 0..<50 {
            let text = String(
                (0..<30).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return alphabet[Int(state >> 33) % alphabet.count]
                })
            _ = try search(text, database)
        }
    }

    @Test("other workspaces and other documents are not searched, and the limit counts what is left")
    func scope() throws {
        let database = try library(Array(repeating: "pump seal", count: 5))
        _ = try library(Array(repeating: "pump seal valve", count: 5), in: database)
        #expect(try search("pump", database) == [1, 2, 3, 4, 5])
        let limited = try search("pump", database, workspace: 2, limit: 3)
        #expect(limited.count == 3 && limited.allSatisfy { (6...10).contains($0) })
        #expect(try search("pump", database, documents: [2, 4, 8]) == [2, 4])
        #expect(try search("valve", database).isEmpty)
        #expect(try search("pump", database, documents: []).isEmpty)
    }

    @Test("a passage with all words of a query scores near 1, one with none of the rare ones near 0")
    func score() throws {
        let fillers = (0..<30).map { "The quiet harbour number\($0) sleeps." }
        let database = try library(fillers + ["A crimson zeppelin sleeps.", "The zeppelin lands."])
        try database.read { transaction in
            let query = try #require(try transaction.lexicalQuery("crimson zeppelin sleeps"))
            let hits = try transaction.lexicalHits(query, workspaceIds: [1], limit: 50)
            #expect(hits.first?.id == 31)
            #expect(try #require(hits.first).score > 0.9)
            let second = try #require(hits.dropFirst().first)
            #expect(second.id == 32 && (0.2..<0.7).contains(second.score))
            #expect(try #require(hits.last).score < 0.05)
            let scores = try transaction.lexicalScores(query, chunks: [31, 32, 5, 999])
            #expect(scores[31] == hits.first?.score && scores[32] == second.score)
            #expect(scores[999] == nil && (scores[5] ?? 1) < 0.05)
            // A word that no passage has is part of what was asked for.
            let unknown = try #require(try transaction.lexicalQuery("crimson zeppelin xylophone"))
            let best = try transaction.lexicalHits(unknown, workspaceIds: [1], limit: 1)
            #expect((0.3..<0.75).contains(try #require(best.first).score))
        }
    }

    @Test("words go with their passages: with a document's cache, and with all that refers to it")
    func deletion() throws {
        let database = try library(Self.texts)
        try database.write { transaction in
            try transaction.deleteWorkspaceDocument(id: 1)
            #expect(try transaction.lexicalQuery("4417b") != nil)  // the cached embedding is still there
            try transaction.deleteUnusedEmbeddings(docpath: "ops0-0")
            #expect(try transaction.lexicalQuery("4417b") == nil)
            #expect(try transaction.lexicalQuery("4471b") != nil)
            try transaction.db.execute(sql: "UPDATE passages SET text = 'A new word: quasar.' WHERE id = 2")
            #expect(try transaction.lexicalQuery("4471b") == nil)
            #expect(try transaction.lexicalQuery("quasar") != nil)
            // The index compares itself with the passages and fails when they differ (sqlite.org/fts5.html, 6.4).
            try transaction.db.execute(
                sql: "INSERT INTO passageWords (passageWords, rank) VALUES ('integrity-check', 1)")
        }
    }

    @Test("a write that fails leaves no words behind")
    func rollback() throws {
        struct Stop: Error {}
        let database = try library(Self.texts)
        #expect(throws: Stop.self) {
            try database.write { transaction in
                let key = EmbeddingKey(docpath: "d", contentHash: [], embedder: "e", chunkSize: 1, chunkOverlap: 0)
                _ = try transaction.insertEmbedding(
                    key, passages: [PassageRecord(text: "ephemeral", vector: [1])], createdAt: 1)
                throw Stop()
            }
        }
        #expect(try database.read { try $0.lexicalQuery("ephemeral") } == nil)
    }

    @Test("passages of an older database get their words by the migration")
    func migration() throws {
        let queue = try DatabaseQueue()
        try Migrations.migrator.migrate(queue, upTo: "V002 index history")
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO embeddings VALUES (7, 'd', x'00', 'e', 1, 0, 1);
                    INSERT INTO passages VALUES (3, 7, 0, 'An old passage about RX-4417b.');
                    """)
        }
        try Migrations.migrator.migrate(queue)
        try queue.write { db in
            #expect(try Int64.fetchAll(db, sql: "SELECT rowid FROM passageWords('rx4417b')") == [3])
            try db.execute(sql: "DELETE FROM embeddings")
            #expect(try Int64.fetchAll(db, sql: "SELECT rowid FROM passageWords('old')").isEmpty)
        }
    }

    @Test("very common words do not make a query slow: they are left out beside rarer ones")
    func commonWords() throws {
        let database = try library([])
        try database.write { transaction in
            try transaction.db.execute(
                sql: """
                    INSERT INTO embeddings VALUES (1, 'd', x'00', 'e', 1, 0, 1);
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 13000)
                    INSERT INTO passages SELECT i, 1, i, 'common word' || i FROM n;
                    INSERT INTO workspaceDocuments (docId, filename, docpath, workspaceId, metadata, createdAt, lastUpdatedAt)
                    VALUES ('u', 'd', 'd', 1, '{}', 1, 1);
                    INSERT INTO chunks SELECT id, 'v' || id, 1, id FROM passages WHERE id <= 5;
                    """)
            #expect(try transaction.lexicalQuery("common word77")?.expression == #""word77""#)
            let broad = try #require(try transaction.lexicalQuery("common zebra"))
            #expect(broad.expression == #""common""# && broad.isBroad)
            #expect(try transaction.lexicalHits(broad, workspaceIds: [1], limit: 3).count == 3)
            #expect(try transaction.lexicalHits(broad, workspaceIds: [1], documents: [2], limit: 3).isEmpty)
        }
    }
}
