import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import Storage

@Suite("How queries are answered")
struct QueryPlanTests {
    /// The plan of every statement that `body` runs.
    private func plans(_ body: (Transaction) throws -> Void) throws -> [String] {
        let database = try CarrelDatabase()
        let statements = Mutex<[String]>([])
        return try database.read { transaction in
            let db = transaction.db
            db.trace { event in
                if case .statement(let statement) = event { statements.withLock { $0.append(statement.expandedSQL) } }
            }
            try body(transaction)
            db.trace(options: [])
            return try statements.withLock { $0 }.filter { $0.hasPrefix("SELECT") }.map { sql in
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
                    .joined(separator: "; ")
            }
        }
    }

    @Test(
        "the history of a conversation is read in the order of an index, however many chats a workspace has",
        arguments: [
            ChatScope(workspaceId: 1), ChatScope(workspaceId: 1, threadId: 2),
            ChatScope(workspaceId: 1, apiSessionId: "s"), ChatScope(workspaceId: 1, userId: 3),
        ])
    func history(_ scope: ChatScope) throws {
        let plans = try plans { _ = try $0.history(scope, limit: 20) }
        #expect(plans.count == 1)
        for plan in plans {
            #expect(plan.contains("USING INDEX chatsForHistory"))
            #expect(!plan.contains("TEMP B-TREE"))
        }
    }

    @Test("a workspace's chats are listed in the order of an index")
    func listing() throws {
        let plans = try plans {
            _ = try $0.chats(workspaceId: 1, limit: 100, descending: false)
            _ = try $0.chats(workspaceId: 1, limit: 100, descending: true)
        }
        #expect(plans.count == 2)
        for plan in plans {
            #expect(plan.contains("USING INDEX chatsOfConversation"))
            #expect(!plan.contains("TEMP B-TREE"))
        }
    }

    @Test(
        "a page of a listing is read in the order of an index",
        arguments: [ChatListing.workspace(1), .session("s", workspaceId: 1), .thread(2, workspaceId: 1)])
    func page(_ listing: ChatListing) throws {
        let plans = try plans {
            for position in [nil, ChatPosition(createdAt: 5, id: 7)] {
                _ = try $0.chats(listing, after: position, limit: 100, descending: false)
                _ = try $0.chats(listing, after: position, limit: 100, descending: true)
            }
        }
        #expect(plans.count == 4)
        for plan in plans {
            #expect(plan.contains("USING INDEX chatsOfConversation"))
            #expect(!plan.contains("TEMP B-TREE"))
        }
    }

    @Test("folders are listed in the order of an index, and duplicates and changes are found by one")
    func library() throws {
        let plans = try plans {
            _ = try $0.listedDocuments(LibraryFilter(folder: "f"), limit: 10)
            _ = try $0.listedDocuments(LibraryFilter())
            _ = try $0.document(textHash: [1])
            _ = try $0.document(source: "s", folder: nil)
            _ = try $0.documentsWithoutTextHash(limit: 1)
            _ = try $0.documentCount(LibraryFilter(updatedSince: 5))
        }
        #expect(plans.count == 6)
        for (plan, index) in zip(
            plans,
            [
                "sqlite_autoindex_documents_1", "sqlite_autoindex_documents_1", "documentsByText", "documentsBySource",
                "documentsByText",
                "documentsByChange",
            ]
        ) {
            #expect(plan.contains("USING INDEX \(index)"), "\(plan)")
        }
        #expect(!plans[0].contains("TEMP B-TREE"))
        #expect(!plans[1].contains("TEMP B-TREE"))
    }

    @Test("the next document of a job and what is new of it are found by an index, however many are done")
    func jobs() throws {
        let plans = try plans {
            _ = try $0.openJobs()
            _ = try $0.nextJobDocument(jobId: 1, except: [2])
            _ = try $0.jobDocuments(jobId: 1, finishedAfter: 7)
        }
        #expect(plans.count == 3)
        for (plan, index) in zip(plans, ["jobsToDo", "jobDocumentsToDo", "jobDocumentsDone"]) {
            #expect(plan.contains("INDEX \(index)"), "\(plan)")
            #expect(!plan.contains("TEMP B-TREE"))
        }
    }

    @Test("a kept answer is found, an old one and that of a chat deleted by an index")
    func keptAnswers() throws {
        let plans = try plans { _ = try $0.keptAnswer(scope: Data(), since: 0) }
        #expect(plans.count == 1)
        #expect(plans.allSatisfy { $0.contains("USING INDEX sqlite_autoindex_keptAnswers_1") })
        try CarrelDatabase().read { transaction in
            for (condition, index) in [("createdAt <= 5", "keptAnswersByAge"), ("chatId = 5", "keptAnswersOfChat")] {
                let sql = "EXPLAIN QUERY PLAN DELETE FROM keptAnswers WHERE " + condition
                let rows = try Row.fetchAll(transaction.db, sql: sql).map { $0["detail"] as String }
                #expect(rows.contains { $0.contains(index) })
            }
        }
    }

    @Test("storing a chat touches no full-text index")
    func chatsAreIndexedLater() throws {
        let database = try CarrelDatabase()
        try database.write { transaction in
            var workspace = WorkspaceRecord(name: "w", slug: "w", createdAt: 1)
            try transaction.insert(&workspace)
            var chat = ChatRecord(
                workspaceId: workspace.id ?? 0, prompt: "p", response: "{}", include: true, userId: nil, threadId: nil,
                apiSessionId: nil, createdAt: 1)
            try transaction.insert(&chat)
        }
        #expect(try database.read { try $0.hasUnindexedChats() })
        try database.write { try $0.indexChats(limit: 9) }
        #expect(try !database.read { try $0.hasUnindexedChats() })
    }

    @Test("the best matches of words are ranked by FTS5, and looked up by keys")
    func lexical() throws {
        let query = LexicalQuery(expression: #""word""#, weight: 1)
        let plans = try plans {
            _ = try $0.lexicalHits(query, workspaceIds: [1], limit: 9)
            _ = try $0.lexicalHits(query, workspaceIds: [1], documents: [2], limit: 9)
        }.filter { $0.contains("chunks") }  // not those of FTS5 itself
        #expect(plans.count == 2)
        for plan in plans {
            #expect(plan.hasPrefix("SCAN matches VIRTUAL TABLE INDEX"))
            #expect(plan.contains("SEARCH chunks USING INDEX chunksOfPassage"))
            #expect(plan.contains("SEARCH workspaceDocuments USING INTEGER PRIMARY KEY"))
            #expect(!plan.contains("TEMP B-TREE"))
        }
    }

    @Test("the place of a chunk and its neighbours are read from an index")
    func neighbours() throws {
        let plans = try plans {
            _ = try $0.place(chunk: 1)
            _ = try $0.passages(embeddingId: 1, positions: 2...4)
        }
        #expect(plans.count == 2)
        for plan in plans {
            #expect(plan.contains("passagesOfEmbedding (embeddingId=?"))
            #expect(!plan.contains("SCAN passages"))
        }
    }

    @Test("every commit is written to the disk before the call returns")
    func durability() throws {
        let directory = try TemporaryDirectory()
        let database = try CarrelDatabase(directory: URL(filePath: directory.path, directoryHint: .isDirectory))
        // sqlite.org/pragma.html: 2 is FULL.
        #expect(try database.write { try Int.fetchOne($0.db, sql: "PRAGMA synchronous") } == 2)
        #expect(try database.write { try String.fetchOne($0.db, sql: "PRAGMA journal_mode") } == "wal")
    }
}
