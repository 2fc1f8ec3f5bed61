import SentenceEmbedding
import Storage
import Synchronization
import Testing
import VectorIndexing

@testable import Workspaces

@Suite("Embedding anew after another embedder was chosen")
struct ReembedWorkspacesTests {
    private struct Stopped: Error {}

    private static let texts = ["alpha beta", "gamma delta", "epsilon zeta"]

    /// Three dimensions instead of 26.
    private static func replacement(
        _ answer: @escaping RecordingEmbedder.Answer = { $0.map { [Float($0.utf8.count), 1, 2] } }
    ) -> RecordingEmbedder {
        RecordingEmbedder(identifier: "test/b", answer: answer)
    }

    /// A workspace with three documents of embedder `test/a`.
    private func fixture(_ workspace: String = "a") async throws -> (WorkspacesFixture, Workspace, [String]) {
        let fixture = try WorkspacesFixture(onDisk: true)
        let workspace = try fixture.workspace(workspace)
        let docpaths = try Self.texts.enumerated().map { try fixture.document("d\($0).json", $1) }
        for docpath in docpaths { #expect(try await fixture.embed(docpath, into: workspace) == .embedded) }
        return (fixture, workspace, docpaths)
    }

    private func restarted(
        _ fixture: WorkspacesFixture, _ embedder: RecordingEmbedder, earlier: RecordingEmbedder? = nil
    ) -> Dependencies {
        var dependencies = fixture.restarted(embedder: embedder)
        dependencies.earlierEmbedder = { $0 == earlier?.identifier ? earlier : nil }
        return dependencies
    }

    private func search(_ query: String, _ workspace: Workspace, _ dependencies: Dependencies) async throws -> [String]
    {
        let request = SearchRequest(query: query, mode: .normal, topN: 3, threshold: 0)
        return try await FindPassages(dependencies: dependencies)(request, in: [workspace.id]).hits.map(\.text)
    }

    private func embedders(_ fixture: WorkspacesFixture, _ workspace: Workspace) throws -> (old: Int, new: Int) {
        try fixture.database.read { transaction in
            (
                old: try transaction.documentsToReembed(workspaceId: workspace.id, embedder: "test/b").count,
                new: try transaction.documentsToReembed(workspaceId: workspace.id, embedder: "test/a").count
            )
        }
    }

    @Test("searches answer from the old vectors, by the old embedder, until all new ones are there")
    func exchange() async throws {
        let (fixture, workspace, _) = try await fixture()
        let old = RecordingEmbedder(identifier: "test/a")
        let probe = Mutex<[[String]]>([])
        let running = Mutex<Dependencies?>(nil)
        let new = Self.replacement { passages async throws(EmbeddingError) in
            if let dependencies = running.withLock({ $0 }), passages[0].contains("document_metadata") {
                let hits = try? await self.search("gamma delta", workspace, dependencies)  // nil is a failed test
                probe.withLock { $0.append(hits ?? []) }
            }
            return passages.map { [Float($0.utf8.count), 1, 2] }
        }
        let dependencies = restarted(fixture, new, earlier: old)
        running.withLock { $0 = dependencies }
        let before = try await search("gamma delta", workspace, dependencies)
        #expect(before.first?.hasSuffix("gamma delta") == true && before.count == 3)
        try await ReembedWorkspaces(dependencies)()
        #expect(probe.withLock { $0 } == [before, before, before])
        #expect(try embedders(fixture, workspace) == (old: 0, new: 3))
        let after = try await search("gamma delta", workspace, dependencies)
        #expect(after.count == 3)
        #expect(try dependencies.indexes.index(workspaceId: workspace.id).dimensions == 3)
        #expect(try fixture.database.read { try $0.vectorCount(workspaceId: workspace.id) } == 3)
    }

    @Test("what was embedded before the server stopped is not embedded again")
    func resumed() async throws {
        let (fixture, workspace, _) = try await fixture()
        let old = RecordingEmbedder(identifier: "test/a")
        let calls = Mutex(0)
        let failing = Self.replacement { passages throws(EmbeddingError) in
            let number = calls.withLock { count in
                count += 1
                return count
            }
            if number == 3 { throw EmbeddingError(.upstream, "503 down") }
            return passages.map { _ in [1, 2, 3] }
        }
        await #expect(throws: Stopped.self) {
            try await ReembedWorkspaces(restarted(fixture, failing, earlier: old), sleep: { _ in throw Stopped() })()
        }
        #expect(try embedders(fixture, workspace) == (old: 3, new: 0), "nothing is exchanged yet")
        let again = Self.replacement()
        let dependencies = restarted(fixture, again, earlier: old)
        try await ReembedWorkspaces(dependencies)()
        #expect(again.calls.count == 1)
        #expect(try embedders(fixture, workspace) == (old: 0, new: 3))
        let idle = Self.replacement()
        try await ReembedWorkspaces(restarted(fixture, idle))()
        #expect(idle.calls.isEmpty)
    }

    @Test("an embedder that fails is asked again later, with longer pauses")
    func retried() async throws {
        let (fixture, workspace, _) = try await fixture()
        let failures = Mutex(3)
        let pauses = Mutex<[Duration]>([])
        let new = Self.replacement { passages throws(EmbeddingError) in
            let fails = failures.withLock { count in
                count -= 1
                return count >= 0
            }
            if fails { throw EmbeddingError(.upstream, "503 down") }
            return passages.map { _ in [1, 2, 3] }
        }
        let dependencies = restarted(fixture, new, earlier: RecordingEmbedder(identifier: "test/a"))
        try await ReembedWorkspaces(dependencies, sleep: { pause in pauses.withLock { $0.append(pause) } })()
        #expect(pauses.withLock { $0 } == [.seconds(15), .seconds(30), .seconds(60)])
        #expect(try embedders(fixture, workspace) == (old: 0, new: 3))
    }

    @Test("a document that is added meanwhile is found with the others, before and after")
    func added() async throws {
        let (fixture, workspace, _) = try await fixture()
        let old = RecordingEmbedder(identifier: "test/a")
        let new = Self.replacement()
        let dependencies = restarted(fixture, new, earlier: old)
        let docpath = try fixture.document("late.json", "theta iota")
        _ = try await UpdateEmbeddings(dependencies)(workspace, adds: [docpath], deletes: [])
        #expect(old.calls.count == 1 && new.calls.isEmpty)
        #expect(try await search("theta iota", workspace, dependencies).first?.hasSuffix("theta iota") == true)
        try await ReembedWorkspaces(dependencies)()
        #expect(try embedders(fixture, workspace) == (old: 0, new: 4))
    }

    @Test("vectors of an embedder that cannot be asked any more go at once, and searches find what is new")
    func gradual() async throws {
        let (fixture, workspace, _) = try await fixture()
        let counts = Mutex<[Int]>([])
        let running = Mutex<Dependencies?>(nil)
        let new = Self.replacement { passages async throws(EmbeddingError) in
            if let dependencies = running.withLock({ $0 }), passages[0].contains("document_metadata") {
                let hits = try? await self.search("alpha", workspace, dependencies)  // nil is a failed test
                counts.withLock { $0.append(hits?.count ?? -1) }
            }
            return passages.map { [Float($0.utf8.count), 1, 2] }
        }
        let dependencies = restarted(fixture, new)
        running.withLock { $0 = dependencies }
        await #expect(throws: EmbeddingError.self) { try await search("alpha", workspace, dependencies) }
        try await ReembedWorkspaces(dependencies)()
        #expect(counts.withLock { $0 } == [0, 1, 2])
        #expect(try await search("alpha", workspace, dependencies).count == 3)
        #expect(try embedders(fixture, workspace) == (old: 0, new: 3))
    }

    @Test("a document that lost its text ends without vectors, and does not hold up the others")
    func textless() async throws {
        let (fixture, workspace, docpaths) = try await fixture()
        try fixture.document("d1.json", "")
        let dependencies = restarted(fixture, Self.replacement(), earlier: RecordingEmbedder(identifier: "test/a"))
        try await ReembedWorkspaces(dependencies)()
        #expect(try dependencies.indexes.index(workspaceId: workspace.id).count == 2)
        let documents = try fixture.database.read { try $0.workspaceDocuments(workspaceId: workspace.id) }
        #expect(documents.map(\.docpath) == docpaths)
    }

    @Test("workspaces share one new embedding, and each is searched with its own embedder")
    func shared() async throws {
        let (fixture, first, docpaths) = try await fixture()
        let second = try fixture.workspace("b")
        _ = try await fixture.embed(docpaths[0], into: second)
        let new = Self.replacement()
        let old = RecordingEmbedder(identifier: "test/a")
        let dependencies = restarted(fixture, new, earlier: old)
        let third = try fixture.workspace("c")
        let docpath = try fixture.document("new.json", "kappa")
        _ = try await UpdateEmbeddings(dependencies)(third, adds: [docpath], deletes: [])
        let request = SearchRequest(query: "kappa", mode: .normal, topN: 10, threshold: 0)
        let hits = try await FindPassages(dependencies: dependencies)(request, in: [first.id, second.id, third.id]).hits
        #expect(hits.count == 5)
        try await ReembedWorkspaces(dependencies)()
        // The two passages of one document are the same embedding; the third workspace had the right one.
        #expect(new.calls.count == 4)
        #expect(try embedders(fixture, first) == (old: 0, new: 3))
        #expect(try embedders(fixture, second) == (old: 0, new: 1))
    }
}
