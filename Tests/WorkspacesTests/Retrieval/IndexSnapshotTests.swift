import Foundation
import Storage
import TestSupport
import Testing
import VectorIndexing

@testable import Workspaces

@Suite("Snapshot files of the indexes")
struct IndexSnapshotTests {
    private static let query = [Float](repeating: 1, count: 26)

    /// Chunk ids with their similarities by a loop over the database.
    private func truth(_ database: CarrelDatabase, _ workspace: Workspace) throws -> [Int64: Float] {
        var result: [Int64: Float] = [:]
        let query = try UnitVector.normalised(Self.query)
        try database.read { transaction in
            try transaction.forEachVector(workspaceId: workspace.id) { chunk, _, bytes in
                let vector = bytes.bindMemory(to: Float.self)
                result[chunk] = zip(vector, query).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        return result
    }

    private func expectAgreement(
        _ dependencies: Dependencies, _ workspace: Workspace, _ comment: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let stored = try truth(dependencies.database, workspace)
        let hits = try dependencies.indexes.index(workspaceId: workspace.id).search(Self.query, count: 10_000)
        #expect(Set(hits.map(\.id)) == Set(stored.keys), comment, sourceLocation: sourceLocation)
        #expect(hits.count == stored.count, comment, sourceLocation: sourceLocation)
        for hit in hits {
            #expect(
                abs(hit.similarity - (stored[hit.id] ?? -2)) < 1e-5, comment, sourceLocation: sourceLocation)
        }
    }

    private func documents(_ fixture: WorkspacesFixture, _ count: Int) throws -> [String] {
        try (0..<count).map { number in
            try fixture.document(
                "d\(number).json", Array(repeating: "word\(number)", count: 3 + 5 * number).joined(separator: " "))
        }
    }

    @Test(
        "whatever is added, removed, written, evicted, or lost by a crash: the index agrees with a brute-force scan",
        arguments: [11, 12, 13, 14] as [UInt64])
    func random(seed: UInt64) async throws {
        let fixture = try WorkspacesFixture(RecordingEmbedder(maximumChunkLength: 40), snapshots: true)
        let workspaces = [try fixture.workspace("a"), try fixture.workspace("b")]
        let docpaths = try documents(fixture, 6)
        var random = SeededNumbers(seed: seed)
        var dependencies = fixture.restarted()
        for step in 0..<80 {
            let workspace = workspaces[Int.random(in: 0..<2, using: &random)]
            let chosen = docpaths.filter { _ in Bool.random(using: &random) }
            let update = UpdateEmbeddings(dependencies)
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1, 2: _ = try await update(workspace, adds: [], deletes: chosen)
            // The process ends between a commit and the snapshot that would show it.
            case 3: dependencies = fixture.restarted()
            case 4:
                dependencies.indexes.flush()
                dependencies = fixture.restarted()
            case 5: dependencies.indexes.flush()
            case 6:
                dependencies = fixture.restarted(budget: 0)
                for workspace in workspaces { _ = try dependencies.indexes.index(workspaceId: workspace.id) }
                dependencies.indexes.keepBudget()
            default: _ = try await update(workspace, adds: chosen, deletes: [])
            }
            guard step % 3 == 0 else { continue }
            for workspace in workspaces {
                try expectAgreement(dependencies, workspace, "seed \(seed), step \(step)")
            }
        }
    }

    @Test("a start takes the file and reads only what changed since")
    func catchUp() async throws {
        let fixture = try WorkspacesFixture(snapshots: true)
        let workspace = try fixture.workspace("a")
        let docpaths = try documents(fixture, 5)
        _ = try await UpdateEmbeddings(fixture.dependencies)(workspace, adds: Array(docpaths[0...2]), deletes: [])
        _ = try fixture.dependencies.indexes.index(workspaceId: workspace.id)
        fixture.dependencies.indexes.flush()
        _ = try await UpdateEmbeddings(fixture.dependencies)(
            workspace, adds: Array(docpaths[3...4]), deletes: [docpaths[1]])
        let loader = IndexLoader(
            database: fixture.database, storage: fixture.storage, logger: fixture.dependencies.logger)
        let result = try loader.load(workspace.id)
        // Two documents of one chunk came; three documents changed.
        #expect(result.changedRows == 5)
        #expect(result.loaded.index.count == 4)
        try expectAgreement(fixture.restarted(), workspace, "after a start")
    }

    @Test("a database restored from a backup is not taken for the one that a snapshot shows")
    func restored() async throws {
        let fixture = try WorkspacesFixture(snapshots: true)
        let workspace = try fixture.workspace("a")
        let docpaths = try documents(fixture, 4)
        _ = try await UpdateEmbeddings(fixture.dependencies)(workspace, adds: [docpaths[0]], deletes: [])
        let backup = try TemporaryDirectory()
        let source = try #require(fixture.storage.folder).deletingLastPathComponent()
        for name in ["carrel.db", "carrel.db-wal"] {
            try FileManager.default.copyItem(
                atPath: source.appending(path: name).path, toPath: backup.file(name))
        }
        _ = try await UpdateEmbeddings(fixture.dependencies)(workspace, adds: [docpaths[1]], deletes: [])
        _ = try fixture.dependencies.indexes.index(workspaceId: workspace.id)
        fixture.dependencies.indexes.flush()

        // As many changes, and the same ids, but another document.
        let database = try CarrelDatabase(directory: URL(fileURLWithPath: backup.path))
        let old = fixture.dependencies
        let dependencies = Dependencies(
            database: database, embedder: old.embedder, models: old.models, tokens: old.tokens,
            settings: old.settings, logger: old.logger, indexStorage: fixture.storage)
        _ = try await UpdateEmbeddings(dependencies)(workspace, adds: [docpaths[3]], deletes: [])
        try expectAgreement(dependencies, workspace, "after the restoration")
    }

    /// Each byte of a file is flipped in turn in the tests of the reader; here bytes of every part.
    @Test("a snapshot with a flipped byte is not used, and nothing is lost")
    func flippedBytes() async throws {
        let fixture = try WorkspacesFixture(snapshots: true)
        let workspace = try fixture.workspace("a")
        _ = try await UpdateEmbeddings(fixture.dependencies)(
            workspace, adds: try documents(fixture, 2), deletes: [])
        _ = try fixture.dependencies.indexes.index(workspaceId: workspace.id)
        fixture.dependencies.indexes.flush()
        let path = try #require(fixture.storage.path(workspaceId: workspace.id))
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let loader = IndexLoader(
            database: fixture.database, storage: fixture.storage, logger: fixture.dependencies.logger)
        #expect(try loader.load(workspace.id).changedRows == 0)
        for position in stride(from: 0, to: bytes.count, by: 13) {
            bytes[position] ^= 0x20
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let result = try loader.load(workspace.id)
            // All rows count as changed: they came from the database.
            #expect(result.changedRows == 2 && result.loaded.index.count == 2, "byte \(position)")
            bytes[position] ^= 0x20
        }
        for length in [0, 1, 127, 128, bytes.count - 1] {
            try Data(bytes.prefix(length)).write(to: URL(fileURLWithPath: path))
            #expect(try loader.load(workspace.id).changedRows == 2, "\(length) bytes")
        }
        try expectAgreement(fixture.restarted(), workspace, "after the damage")
    }

    @Test("where no file can be written, searches and commits go on, and the next attempt writes it")
    func unwritable() async throws {
        let fixture = try WorkspacesFixture(snapshots: true)
        let workspace = try fixture.workspace("a")
        let folder = try #require(fixture.storage.folder)
        try Data("in the way".utf8).write(to: folder)
        let dependencies = fixture.restarted()
        let docpaths = try documents(fixture, 3)
        _ = try dependencies.indexes.index(workspaceId: workspace.id)
        _ = try await UpdateEmbeddings(dependencies)(workspace, adds: docpaths, deletes: [])
        dependencies.indexes.flush()
        try expectAgreement(dependencies, workspace, "without a file")
        try FileManager.default.removeItem(at: folder)
        dependencies.indexes.flush()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["\(workspace.id).index"])
        try expectAgreement(fixture.restarted(), workspace, "from the file")
    }

    @Test("drafts and files of deleted workspaces go, with the workspace or at the next start")
    func abandoned() async throws {
        let fixture = try WorkspacesFixture(snapshots: true)
        let workspaces = [try fixture.workspace("a"), try fixture.workspace("b")]
        let docpath = try documents(fixture, 1)
        for workspace in workspaces {
            _ = try fixture.dependencies.indexes.index(workspaceId: workspace.id)
            _ = try await UpdateEmbeddings(fixture.dependencies)(workspace, adds: docpath, deletes: [])
        }
        fixture.dependencies.indexes.flush()
        let folder = try #require(fixture.storage.folder)
        let names = { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
        #expect(try names() == workspaces.map { "\($0.id).index" })
        _ = try DeleteWorkspace(fixture.dependencies)(slug: "a")
        fixture.dependencies.indexes.flush()
        #expect(try names() == ["\(workspaces[1].id).index"])
        for name in ["77.index", "\(workspaces[1].id).index.part", "notes.txt"] {
            try Data("x".utf8).write(to: folder.appending(path: name))
        }
        _ = fixture.restarted()
        #expect(try names() == ["\(workspaces[1].id).index", "notes.txt"])
    }

    @Test("the index used longest ago leaves when memory is short, and comes back when it is asked")
    func budget() async throws {
        let fixture = try WorkspacesFixture(snapshots: true)
        let workspaces = try (0..<3).map { try fixture.workspace("w\($0)") }
        let docpaths = try documents(fixture, 2)
        for workspace in workspaces {
            _ = try await UpdateEmbeddings(fixture.dependencies)(workspace, adds: docpaths, deletes: [])
        }
        let size = try #require(
            try fixture.dependencies.indexes.index(workspaceId: workspaces[0].id) as? AdaptiveVectorIndex
        ).residentBytes
        let indexes = fixture.restarted(budget: size * 2).indexes
        let held = try workspaces.map { try indexes.loaded(workspaceId: $0.id).index }
        _ = try indexes.index(workspaceId: workspaces[0].id)
        indexes.keepBudget()
        #expect(try indexes.loaded(workspaceId: workspaces[0].id).index === held[0])
        #expect(try indexes.loaded(workspaceId: workspaces[2].id).index === held[2])
        // Who holds the one that left still searches it.
        #expect(try held[1].search(Self.query, count: 10).count == 2)
        let again = try indexes.loaded(workspaceId: workspaces[1].id).index
        #expect(again !== held[1])
        #expect(try again.search(Self.query, count: 10).count == 2)
    }
}
