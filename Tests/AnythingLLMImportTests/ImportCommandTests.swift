import Foundation
import OrderedJSON
import Storage
import TestSupport
import Testing

/// `carrel import anythingllm` as it is run by hand.
@Suite("The import command", .timeLimit(.minutes(2)))
struct ImportCommandTests {
    private static let program = PackageRoot.path(".build/release/carrel")

    /// An embedder with two dimensions and one direction.
    private static func embedder() throws -> ScriptedHTTPServer {
        try ScriptedHTTPServer { request in
            let inputs = (try? JSONParser.parse(request.body))?["input"]?.arrayValue ?? []  // None: no vectors.
            let data = inputs.indices.map { ["index": JSONValue($0), "embedding": [1, 0]] as JSONValue }
            return .answer(body: JSONValue.object(["data": .array(data)]).text)
        }
    }

    private static func run(
        _ storage: ForeignStorage, _ target: TemporaryDirectory, _ embedder: ScriptedHTTPServer, _ more: String...
    ) async throws -> ProcessResult {
        try await ProcessServer.run(
            program, ["import", "anythingllm", "--storage", storage.path] + more,
            environment: [
                "STORAGE_DIR": target.file("storage"), "CARREL_NGINX_KEY_MAP": target.file("keys.map"),
                "CARREL_NGINX_RELOAD": "", "CARREL_TOKENIZER_DIR": target.file("none"),
                "EMBEDDING_ENGINE": "generic-openai", "EMBEDDING_BASE_PATH": embedder.base,
                "EMBEDDING_MODEL_PREF": "scripted",
            ])
    }

    private static func storage() throws -> ForeignStorage {
        let storage = try ForeignStorage()
        try storage.workspace(1, "notes")
        try storage.chat(1, workspace: 1)
        try storage.insert("api_keys", ["secret": "AAAAAAA-BBBBBBB-CCCCCCC-DDDDDDD"])
        for (id, name) in [(1, "a"), (2, "b")] {
            try storage.document("custom-documents/\(name).json", "alpha")
            try storage.link(Int64(id), workspace: 1, "custom-documents/\(name).json")
        }
        try storage.cache("custom-documents/a.json", [("alpha", [1, 0])])
        try storage.close()
        return storage
    }

    @Test("reports first, imports then, once, and leaves the source as it was")
    func wholeWay() async throws {
        let (storage, target, embedder) = (try Self.storage(), try TemporaryDirectory(), try Self.embedder())
        defer { embedder.stop() }
        let before = try storage.snapshot()
        let dry = try await Self.run(storage, target, embedder, "--dry-run")
        #expect(dry.status == 0, "\(dry.errors)")
        #expect(dry.output.contains("Dry run: nothing has been written."))
        #expect(dry.output.contains("1 documents keep theirs, 1 would be embedded again."))
        #expect(!FileManager.default.fileExists(atPath: target.file("storage")))
        let result = try await Self.run(storage, target, embedder)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("1 documents keep theirs, 1 embedded again."))
        #expect(result.errors.contains("documents: 2 of 2"))
        #expect(!(result.output + result.errors).contains("AAAAAAA"))
        let map = try String(contentsOfFile: target.file("keys.map"), encoding: .utf8)
        #expect(map.split(separator: "\n").filter { !$0.hasPrefix("#") }.count == 1)
        #expect(!map.contains("AAAAAAA"))
        let again = try await Self.run(storage, target, embedder)
        #expect(again.output.contains("0 documents keep theirs, 0 embedded again."))
        #expect(try storage.snapshot() == before)
        let database = try CarrelDatabase(directory: URL(filePath: target.file("storage")))
        #expect(try database.read { try $0.vectorCount() } == 2)
        #expect(try database.read { try $0.workspaces() }.map(\.slug) == ["notes"])
    }

    @Test("refuses while a server holds the storage, says how to go on, and a dry run works beside it")
    func beside() async throws {
        let (storage, target, embedder) = (try Self.storage(), try TemporaryDirectory(), try Self.embedder())
        defer { embedder.stop() }
        let directory = URL(filePath: target.file("storage"), directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let lock = try StorageLock(directory: directory)
        let refused = try await Self.run(storage, target, embedder)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("systemctl stop carrel.socket carrel"))
        let dry = try await Self.run(storage, target, embedder, "--dry-run")
        #expect(dry.status == 0, "\(dry.errors)")
        withExtendedLifetime(lock) {}
    }

    @Test("a folder that is no storage is told from one that is not there")
    func noStorage() async throws {
        let (storage, target, embedder) = (try ForeignStorage(), try TemporaryDirectory(), try Self.embedder())
        defer { embedder.stop() }
        try storage.close()
        try FileManager.default.removeItem(atPath: storage.directory.file("anythingllm.db"))
        let empty = try await Self.run(storage, target, embedder)
        #expect(empty.status == 1 && empty.errors.contains("--database"))
        let missing = try await ProcessServer.run(
            Self.program, ["import", "anythingllm", "--storage", target.file("nothing")])
        #expect(missing.status == 64 && missing.errors.contains("There is no folder"))
    }
}
