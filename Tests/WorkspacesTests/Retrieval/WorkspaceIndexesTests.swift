import Storage
import Testing
import TestSupport
import VectorIndexing

@testable import Workspaces

@Suite("The vector indexes of the workspaces")
struct WorkspaceIndexesTests {
    /// Chunk ids that a full search finds, and those of the database.
    private func agreement(_ fixture: WorkspacesFixture, _ workspace: Workspace) throws -> (
        found: [Int64], stored: [Int64]
    ) {
        let index = try fixture.dependencies.indexes.index(workspaceId: workspace.id)
        let query = [Float](repeating: 1, count: 26)
        let found = try index.search(query, count: 10_000, excluding: []).map(\.id).sorted()
        var stored: [Int64] = []
        try fixture.database.read { transaction in
            try transaction.forEachVector(workspaceId: workspace.id) { chunk, _, _ in stored.append(chunk) }
        }
        return (found, stored.sorted())
    }

    @Test("agree with the database after any additions, replacements and removals", arguments: [1, 2, 3] as [UInt64])
    func random(seed: UInt64) async throws {
        let fixture = try WorkspacesFixture(RecordingEmbedder(maximumChunkLength: 40))
        let workspaces = [try fixture.workspace("a"), try fixture.workspace("b")]
        let docpaths = try (0..<6).map { number in
            try fixture.document(
                "d\(number).json", Array(repeating: "word\(number)", count: 3 + 5 * number).joined(separator: " "))
        }
        var random = SeededNumbers(seed: seed)
        let update = UpdateEmbeddings(fixture.dependencies)
        for step in 0..<60 {
            let workspace = workspaces[Int.random(in: 0..<2, using: &random)]
            let chosen = docpaths.filter { _ in Bool.random(using: &random) }
            switch Int.random(in: 0..<8, using: &random) {
            case 0: try RemoveDocuments(fixture.dependencies)(Array(chosen.prefix(1)))
            case 1, 2, 3: _ = try await update(workspace, adds: [], deletes: chosen)
            default: _ = try await update(workspace, adds: chosen, deletes: [])
            }
            // Some indexes are loaded late, after a history of changes.
            guard step > 20 else { continue }
            for workspace in workspaces {
                let (found, stored) = try agreement(fixture, workspace)
                #expect(found == stored, "seed \(seed), step \(step)")
            }
        }
    }

    @Test("miss no commit that happens while they are loaded, and no search fails")
    func concurrent() async throws {
        let fixture = try WorkspacesFixture(onDisk: true)
        let docpaths = try (0..<6).map { try fixture.document("d\($0).json", "text number \($0)") }
        // Each workspace's index is loaded once, by whichever task comes first, while the others commit.
        let workspaces = try (0..<12).map { try fixture.workspace("w\($0)") }
        let update = UpdateEmbeddings(fixture.dependencies)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for workspace in workspaces {
                for own in [docpaths[0...2], docpaths[3...5]] {
                    group.addTask {
                        _ = try await update(workspace, adds: Array(own), deletes: [])
                        _ = try await update(workspace, adds: [], deletes: [own.first ?? ""])
                    }
                }
                group.addTask {
                    for _ in 0..<20 {
                        let index = try fixture.dependencies.indexes.index(workspaceId: workspace.id)
                        let hits = try index.search([Float](repeating: 1, count: 26), count: 50, excluding: [])
                        #expect(Set(hits.map(\.id)).count == hits.count)
                        #expect(hits.count <= docpaths.count)
                    }
                }
            }
            try await group.waitForAll()
        }
        for workspace in workspaces {
            let (found, stored) = try agreement(fixture, workspace)
            #expect(found == stored)
            #expect(stored.count == 4)
        }
    }

    @Test("an unknown workspace has an empty index, and a forgotten one is loaded anew")
    func forget() async throws {
        let fixture = try WorkspacesFixture()
        #expect(try fixture.dependencies.indexes.index(workspaceId: 99).count == 0)
        let workspace = try fixture.workspace("a")
        _ = try await fixture.embed(try fixture.document("d.json", "alpha"), into: workspace)
        fixture.dependencies.indexes.forget(workspaceId: workspace.id)
        #expect(try fixture.counts(workspace) == [1, 1])
    }

    @Test("a transaction that is rolled back changes no index")
    func rollback() async throws {
        struct Stop: Error {}
        let fixture = try WorkspacesFixture()
        let workspace = try fixture.workspace("a")
        let docpath = try fixture.document("d.json", "alpha")
        _ = try await fixture.embed(docpath, into: workspace)
        #expect(try fixture.counts(workspace) == [1, 1])
        #expect(throws: Stop.self) {
            try fixture.database.write { transaction in
                try RemoveDocuments(fixture.dependencies).remove(docpath: docpath, transaction)
                throw Stop()
            }
        }
        #expect(try fixture.counts(workspace) == [1, 1])
    }
}
