import Foundation
import Testing
import TestSupport

@testable import Storage

@Suite("The database")
struct CarrelDatabaseTests {
    private func insert(_ name: String, into database: CarrelDatabase) throws -> WorkspaceRecord {
        var record = WorkspaceRecord(name: name, slug: name, createdAt: 1)
        try database.write { try $0.insert(&record) }
        return record
    }

    @Test("what was written is there after the file is opened again")
    func reopening() throws {
        let directory = try TemporaryDirectory()
        let url = URL(filePath: directory.path, directoryHint: .isDirectory)
        let written = try insert("ops", into: try CarrelDatabase(directory: url))
        let read = try CarrelDatabase(directory: url).read { try $0.workspace(slug: "ops") }
        #expect(read == written)
    }

    @Test("a transaction that throws leaves nothing behind")
    func rollback() throws {
        struct Stop: Error {}
        let database = try CarrelDatabase()
        #expect(throws: Stop.self) {
            try database.write { transaction in
                var record = WorkspaceRecord(name: "a", slug: "a", createdAt: 1)
                try transaction.insert(&record)
                throw Stop()
            }
        }
        #expect(try database.read { try $0.workspaces() }.isEmpty)
    }

    @Test("a slug is unique, and the error names the column")
    func uniqueSlug() throws {
        let database = try CarrelDatabase()
        _ = try insert("ops", into: database)
        let error = #expect(throws: StorageError.self) { _ = try insert("ops", into: database) }
        #expect(error?.code == .notUnique(column: "workspaces.slug"))
    }

    @Test("a file that is no database is refused with its path")
    func foreignFile() throws {
        let directory = try TemporaryDirectory()
        _ = try directory.write(String(repeating: "no database ", count: 400), to: "carrel.db")
        let error = #expect(throws: StorageError.self) {
            _ = try CarrelDatabase(directory: URL(filePath: directory.path, directoryHint: .isDirectory))
        }
        #expect(error?.code == .damaged)
        #expect(error?.message.contains("carrel.db") == true)
    }

    @Test("one process at a time serves a directory")
    func lock() throws {
        let directory = try TemporaryDirectory()
        let url = URL(filePath: directory.path, directoryHint: .isDirectory)
        let first = try StorageLock(directory: url)
        // flock is held by the open file, so a second opening in this process is refused as another process would be.
        let error = #expect(throws: StorageError.self) { _ = try StorageLock(directory: url) }
        #expect(error?.code == .locked)
        withExtendedLifetime(first) {}
    }

    @Test("deleting a workspace takes threads, chats, documents and chunks with it, and leaves the library")
    func cascade() throws {
        let database = try CarrelDatabase()
        let workspace = try #require(try insert("ops", into: database).id)
        try database.write { transaction in
            var thread = ThreadRecord(name: "t", slug: "t", workspaceId: workspace, userId: nil, createdAt: 1)
            try transaction.insert(&thread)
            var chat = ChatRecord(
                workspaceId: workspace, prompt: "p", response: "{}", include: true, userId: nil, threadId: thread.id,
                apiSessionId: nil, createdAt: 1)
            try transaction.insert(&chat)
            var document = LibraryDocumentRecord(
                folder: "f", fileName: "d.json", metadata: "{}", contentHash: [1], createdAt: 1)
            try transaction.insert(&document, text: "text")
            var row = WorkspaceDocumentRecord(
                docId: "u", filename: "d.json", docpath: "f/d.json", workspaceId: workspace, metadata: "{}",
                createdAt: 1)
            try transaction.insert(&row)
            let key = EmbeddingKey(docpath: "f/d.json", contentHash: [1], embedder: "e", chunkSize: 10, chunkOverlap: 0)
            let embedding = try transaction.insertEmbedding(
                key, passages: [PassageRecord(text: "text", vector: [1, 0])], createdAt: 1)
            _ = try transaction.insertChunks(
                embeddingId: embedding, workspaceDocumentId: row.id ?? 0, newVectorId: { "v" })
            #expect(try transaction.vectorCount() == 1)
        }
        try database.write { try $0.deleteWorkspace(id: workspace) }
        try database.read { (transaction: Transaction) throws in
            #expect(try transaction.vectorCount() == 0)
            #expect(try transaction.threads().isEmpty)
            #expect(try transaction.chats(workspaceId: workspace, limit: 9, descending: false).isEmpty)
            #expect(try transaction.documents().count == 1)
            #expect(try transaction.isEmbedded(docpath: "f/d.json"))
        }
    }

    @Test("afterCommit runs once, after the commit, and not after a rollback")
    func afterCommit() async throws {
        struct Stop: Error {}
        let database = try CarrelDatabase()
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        try database.write { $0.afterCommit { continuation.yield("kept") } }
        try? database.write { transaction in  // The error is the rollback.
            transaction.afterCommit { continuation.yield("lost") }
            throw Stop()
        }
        continuation.finish()
        var seen: [String] = []
        for await word in stream { seen.append(word) }
        #expect(seen == ["kept"])
    }
}
