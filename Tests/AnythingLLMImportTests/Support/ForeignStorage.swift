import Crypto
import Foundation
import GRDB
import OrderedJSON
import TestSupport

/// An AnythingLLM storage folder, made from the facts of contract/storage.md.
final class ForeignStorage {
    let directory: TemporaryDirectory
    let queue: DatabaseQueue

    /// - Parameter journal: `delete` as the program leaves it, or `wal`.
    init(journal: String = "delete") throws {
        directory = try TemporaryDirectory()
        for folder in ["documents/custom-documents", "vector-cache"] {
            try FileManager.default.createDirectory(
                atPath: directory.file(folder), withIntermediateDirectories: true)
        }
        queue = try DatabaseQueue(path: directory.file("anythingllm.db"))
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = \(journal)")
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            for statement in Self.schema { try db.execute(sql: statement) }
        }
        try insert(
            "_prisma_migrations",
            [
                "id": "4d6c1d0e-0000-4000-8000-\(UUID().uuidString.suffix(12).lowercased())",
                "migration_name": "20230921191814_init", "finished_at": 1,
            ])
        try insert(
            "_prisma_migrations",
            ["id": "another", "migration_name": "20260520160208_init", "finished_at": 1_700_000_000_000])
    }

    var path: String { directory.path }
    var url: URL { URL(filePath: directory.path, directoryHint: .isDirectory) }

    /// The storage as a program that has ended leaves it.
    func close() throws { try queue.close() }

    func insert(_ table: String, _ values: [String: (any DatabaseValueConvertible)?]) throws {
        let columns = values.keys.sorted()
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        try queue.write { db in
            try db.execute(
                sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))",
                arguments: StatementArguments(columns.map { values[$0] ?? nil }))
        }
    }

    func workspace(_ id: Int64, _ slug: String, _ others: [String: (any DatabaseValueConvertible)?] = [:]) throws {
        // Any id may be tried, also the greatest that there is.
        let time = 1_700_000_000_000 + id % 100_000
        var values: [String: (any DatabaseValueConvertible)?] = [
            "id": id, "name": "Workspace \(id)", "slug": slug, "createdAt": time, "lastUpdatedAt": time + 100_000,
        ]
        values.merge(others) { $1 }
        try insert("workspaces", values)
    }

    func chat(_ id: Int64, workspace: Int64, _ others: [String: (any DatabaseValueConvertible)?] = [:]) throws {
        var values: [String: (any DatabaseValueConvertible)?] = [
            "id": id, "workspaceId": workspace, "prompt": "Question \(id)",
            "response": #"{"text":"Answer \#(id)","sources":[],"type":"chat","metrics":{}}"#,
            "createdAt": 1_700_000_000_000 + id, "lastUpdatedAt": 1_700_000_000_000 + id,
        ]
        values.merge(others) { $1 }
        try insert("workspace_chats", values)
    }

    /// Many chats in one transaction.
    func chats(_ ids: ClosedRange<Int>, workspace: Int64) throws {
        try queue.write { db in
            for id in ids {
                try db.execute(
                    sql: """
                        INSERT INTO workspace_chats (id, workspaceId, prompt, response, createdAt)
                        VALUES (?, ?, ?, '{}', 5)
                        """,
                    arguments: [id, workspace, "Question \(id)"])
            }
        }
    }

    func link(
        _ id: Int64, workspace: Int64, _ docpath: String, _ others: [String: (any DatabaseValueConvertible)?] = [:]
    ) throws {
        var values: [String: (any DatabaseValueConvertible)?] = [
            "id": id, "docId": "d0c00000-0000-4000-8000-00000000\(1000 + id)",
            "filename": docpath.split(separator: "/").last.map(String.init) ?? "", "docpath": docpath,
            "workspaceId": workspace, "metadata": Self.metadata(docpath).text, "createdAt": 1_700_000_000_000 + id,
            "lastUpdatedAt": 1_700_000_000_000 + id,
        ]
        values.merge(others) { $1 }
        try insert("workspace_documents", values)
    }

    /// The keys of a document, without its text.
    static func metadata(_ docpath: String, published: String = "11/14/2023, 10:13:20 PM") -> JSONValue {
        [
            "id": .string("id-of-\(docpath.hashValueOfBytes)"), "url": "file:///hotdir/a.txt",
            "title": .string("Title of \(docpath)"),
            "docAuthor": "Unknown", "description": "Unknown", "docSource": "a text file uploaded by the user.",
            "chunkSource": "", "published": .string(published), "wordCount": 3, "token_count_estimate": 5,
        ]
    }

    /// Writes a document's file, as AnythingLLM does with four spaces of indent; ours has none.
    func document(_ docpath: String, _ text: String, metadata: JSONValue? = nil) throws {
        var object = (metadata ?? Self.metadata(docpath)).objectValue ?? [:]
        object["pageContent"] = .string(text)
        try write(JSONValue.object(object).text, to: "documents/" + docpath)
    }

    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: directory.file(name))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Writes a cache file as the usual vector stores do, in batches of at most 500.
    func cache(_ docpath: String, _ chunks: [(text: String, vector: [Double])], published: String? = nil) throws {
        let records = chunks.enumerated().map { number, chunk -> JSONValue in
            var keys = Self.metadata(docpath, published: published ?? "11/14/2023, 10:13:20 PM").objectValue ?? [:]
            keys["text"] = .string(chunk.text)
            return [
                "id": .string("vector-\(number)"), "values": .array(chunk.vector.map { JSONValue($0) }),
                "metadata": .object(keys),
            ]
        }
        let batches = stride(from: 0, to: records.count, by: 500).map {
            JSONValue.array(Array(records[$0..<min($0 + 500, records.count)]))
        }
        try write(JSONValue.array(batches).text, to: "vector-cache/\(Self.cacheName(docpath)).json")
    }

    /// UUID version 5 of the docpath, worked out here on its own.
    static func cacheName(_ docpath: String) -> String {
        let namespace = "6ba7b8119dad11d180b400c04fd430c8"
        var bytes = stride(from: 0, to: 32, by: 2).map { offset in
            UInt8(namespace.dropFirst(offset).prefix(2), radix: 16) ?? 0
        }
        bytes += Array(docpath.utf8)
        var hash = Array(Insecure.SHA1.hash(data: Data(bytes)))
        hash[6] = 0x50 | hash[6] & 0x0F
        hash[8] = 0x80 | hash[8] & 0x3F
        let text = hash[..<16].map { String(format: "%02x", $0) }.joined()
        var parts: [Substring] = []
        var rest = text[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }

    /// Name, size, date of change and content of everything in the folder.
    func snapshot() throws -> [String: String] {
        var entries: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory.file(name))
            let content = FileManager.default.contents(atPath: directory.file(name)) ?? Data()
            let date = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            entries[name] = "\(date) \(SHA256.hash(data: content))"
        }
        return entries
    }
}

extension String {
    fileprivate var hashValueOfBytes: Int { utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF } }
}
