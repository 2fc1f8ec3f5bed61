import Foundation
import GRDB
import TestSupport
import Testing

@testable import AnythingLLMImport

@Suite("Opening the foreign database")
struct ForeignDatabaseTests {
    @Test("reads it without a trace in its folder")
    func leavesNoTrace() throws {
        let storage = try ForeignStorage()
        try storage.workspace(1, "notes")
        try storage.close()
        let before = try storage.snapshot()
        let contents = try ForeignDatabase(file: StorageFolder(storage.url).database).read { try $0.contents() }
        #expect(contents.workspaces.map(\.slug) == ["notes"])
        #expect(contents.schemaLevel == "20260520160208_init")
        #expect(!contents.isNewerThanKnown)
        #expect(try storage.snapshot() == before)
    }

    @Test("finds the newest rows of a log that was never written back, without touching it")
    func writeAheadLog() throws {
        let storage = try ForeignStorage(journal: "wal")
        try storage.workspace(1, "old")
        try storage.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try storage.workspace(2, "new")
        // As a crash leaves it: copied while the connection is open.
        let copy = try TemporaryDirectory()
        for ending in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: storage.directory.file("anythingllm.db" + ending), toPath: copy.file("anythingllm.db" + ending))
        }
        let before = try FileManager.default.contentsOfDirectory(atPath: copy.path).sorted()
        let wal = FileManager.default.contents(atPath: copy.file("anythingllm.db-wal"))
        let database = try ForeignDatabase(file: URL(filePath: copy.file("anythingllm.db")))
        #expect(try database.read { try $0.contents() }.workspaces.map(\.slug) == ["old", "new"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: copy.path).sorted() == before)
        #expect(FileManager.default.contents(atPath: copy.file("anythingllm.db-wal")) == wal)
    }

    @Test("rolls back in a copy what a crash left half written")
    func hotJournal() throws {
        let storage = try ForeignStorage()
        try storage.workspace(1, "whole")
        let copy = try TemporaryDirectory()
        try storage.queue.inDatabase { db in
            // A cache of one page spills the transaction into the file before it is committed.
            try db.execute(sql: "PRAGMA cache_size = 1")
            try db.execute(sql: "PRAGMA cache_spill = ON")
            try db.execute(sql: "BEGIN IMMEDIATE")
            for number in 2..<400 {
                try db.execute(
                    sql: "INSERT INTO workspaces (name, slug) VALUES (?, ?)",
                    arguments: [String(repeating: "x", count: 500), "half-\(number)"])
            }
            for ending in ["", "-journal"] {
                try FileManager.default.copyItem(
                    atPath: storage.directory.file("anythingllm.db" + ending),
                    toPath: copy.file("anythingllm.db" + ending))
            }
            try db.execute(sql: "ROLLBACK")
        }
        let journal = FileManager.default.contents(atPath: copy.file("anythingllm.db-journal"))
        let database = try ForeignDatabase(file: URL(filePath: copy.file("anythingllm.db")))
        #expect(try database.read { try $0.contents() }.workspaces.map(\.slug) == ["whole"])
        #expect(FileManager.default.contents(atPath: copy.file("anythingllm.db-journal")) == journal)
    }

    @Test("the copy that it read from is gone afterwards")
    func copyGoes() throws {
        let storage = try ForeignStorage(journal: "wal")
        var copy: DatabaseCopy? = try DatabaseCopy(of: StorageFolder(storage.url).database)
        let folder = try #require(copy?.file.deletingLastPathComponent().path)
        #expect(FileManager.default.fileExists(atPath: folder + "/anythingllm.db"))
        copy = nil
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("says what is wrong with what is none")
    func noDatabase() throws {
        let directory = try TemporaryDirectory()
        func message(_ name: String) -> String {
            do {
                _ = try ForeignDatabase(file: URL(filePath: directory.file(name)))
                return "opened"
            } catch {
                return error.message
            }
        }
        #expect(message("missing.db").contains("--database"))
        try directory.write("", to: "empty.db")
        #expect(message("empty.db").contains("never been started"))
        try directory.write(String(repeating: "text ", count: 100), to: "text.db")
        #expect(message("text.db").contains("no SQLite database"))
        let other = try DatabaseQueue(path: directory.file("other.db"))
        try other.write { try $0.execute(sql: "CREATE TABLE workspaces (id INTEGER)") }
        try other.close()
        #expect(message("other.db").contains("it lacks workspace_documents, workspace_chats, system_settings"))
    }

    @Test("an older schema without newer columns and tables is read with defaults, a newer one is told")
    func otherLevels() throws {
        let storage = try ForeignStorage()
        try storage.queue.write { db in
            try db.execute(sql: "ALTER TABLE workspaces DROP COLUMN vectorSearchMode")
            try db.execute(sql: "ALTER TABLE workspace_documents DROP COLUMN pinned")
            for table in ["workspace_threads", "api_keys", "users", "event_logs", "_prisma_migrations"] {
                try db.execute(sql: "DROP TABLE \(table)")
            }
        }
        try storage.workspace(1, "old")
        try storage.link(1, workspace: 1, "custom-documents/a.json")
        let file = StorageFolder(storage.url).database
        let contents = try ForeignDatabase(file: file).read { try $0.contents() }
        #expect(contents.workspaces.first?.vectorSearchMode == nil)
        #expect(contents.links.first?.pinned == false)
        #expect(contents.threads.isEmpty && contents.keys.isEmpty && contents.schemaLevel == nil)
        #expect(contents.identity.hasPrefix("file /"))

        let newer = try ForeignStorage()
        try newer.insert(
            "_prisma_migrations", ["id": "x", "migration_name": "20270101000000_later", "finished_at": 1])
        #expect(
            try ForeignDatabase(file: StorageFolder(newer.url).database).read { try $0.contents() }.isNewerThanKnown)
    }

    @Test("a value of another type than its column's is converted or taken as missing")
    func types() throws {
        let storage = try ForeignStorage()
        try storage.workspace(
            1, "types",
            [
                "name": 42, "openAiTemp": "0.5", "openAiHistory": "many", "topN": 7.0,
                "createdAt": "2024-02-29 12:30:01",
                "similarityThreshold": Double.infinity, "lastUpdatedAt": "soon",
            ])
        let found = try ForeignDatabase(file: StorageFolder(storage.url).database).read { try $0.contents() }
        let workspace = try #require(found.workspaces.first)
        #expect(workspace.name == "42")
        #expect(workspace.temperature == 0.5)
        #expect(workspace.historyLength == nil)
        #expect(workspace.topN == 7)
        #expect(workspace.createdAt == 1_709_209_801_000)
        #expect(workspace.lastUpdatedAt == nil)
        #expect(workspace.similarityThreshold == nil)
    }

    @Test("a key never shows its secret")
    func secret() throws {
        let storage = try ForeignStorage()
        try storage.insert("api_keys", ["secret": "AAAAAAA-BBBBBBB-CCCCCCC-DDDDDDD", "name": "app"])
        let key = try #require(
            try ForeignDatabase(file: StorageFolder(storage.url).database).read { try $0.contents() }.keys.first)
        #expect("\(key)" == "key 1")
        #expect(!String(describing: [key]).contains("AAAAAAA"))
    }
}
