import SentenceEmbedding
import Storage
import Synchronization
import Testing
import VectorIndexing

@testable import Workspaces

@Suite("A model that was replaced under its old name")
struct ReplacedModelTests {
    static let message =
        "test/a makes vectors of 3 dimensions; those that are stored have 26. If its model was replaced, restart the server: everything is then embedded anew."

    private let fixture: WorkspacesFixture
    private let workspaces: [Workspace]
    private let docpaths: [String]

    /// Two workspaces that share one of three documents.
    init() async throws {
        fixture = try WorkspacesFixture(onDisk: true)
        workspaces = [try fixture.workspace("a"), try fixture.workspace("b")]
        docpaths = [
            try fixture.document("0.json", "alpha beta"), try fixture.document("1.json", "gamma delta"),
            try fixture.document("2.json", "epsilon zeta"),
        ]
        for docpath in docpaths { #expect(try await fixture.embed(docpath, into: workspaces[0]) == .embedded) }
        #expect(try await fixture.embed(docpaths[0], into: workspaces[1]) == .embedded)
    }

    /// The embedder's name with three dimensions instead of 26.
    private static func successor() -> RecordingEmbedder {
        RecordingEmbedder { $0.map { [Float($0.utf8.count), 1, 2] } }
    }

    private func search(_ query: String, _ workspaces: [Workspace], _ dependencies: Dependencies) async throws -> Int {
        let request = SearchRequest(query: query, mode: .normal, topN: 10, threshold: 0)
        return try await FindPassages(dependencies: dependencies)(request, in: workspaces.map(\.id)).hits.count
    }

    private func vectors(_ dependencies: Dependencies) throws -> [Int?] {
        try workspaces.flatMap { workspace in
            let index = try dependencies.indexes.index(workspaceId: workspace.id)
            let stored = try fixture.database.read { try $0.vectorCount(workspaceId: workspace.id) }
            return [stored, index.count, index.dimensions]
        }
    }

    @Test("searches and new documents fail with what to do, and nothing is lost or mixed")
    func detected() async throws {
        let dependencies = fixture.restarted(embedder: Self.successor())
        for scope in [[workspaces[0]], workspaces] {
            let error = await #expect(throws: EmbeddingError.self) { try await search("alpha", scope, dependencies) }
            #expect(error?.code == .dimensionMismatch)
            #expect(error?.message == Self.message)
        }
        let docpath = try fixture.document("late.json", "theta")
        let outcome = try await EmbedDocument(dependencies: dependencies)(docpath, workspace: workspaces[0])
        #expect(outcome == .failed(reason: Self.message))
        #expect(try fixture.database.read { try $0.isEmbedded(docpath: docpath) } == false)
        #expect(try vectors(dependencies) == [3, 3, 26, 1, 1, 26])
        // The model as it was still works.
        #expect(try await search("alpha", workspaces, fixture.restarted()) == 4)
    }

    @Test("the next start embeds everything anew, once")
    func anew() async throws {
        let dependencies = fixture.restarted(embedder: Self.successor())
        await #expect(throws: EmbeddingError.self) { try await search("alpha", workspaces, dependencies) }
        let embedder = Self.successor()
        let next = fixture.restarted(embedder: embedder)
        try await ReembedWorkspaces(next)()
        #expect(embedder.calls.count == 3)
        #expect(try vectors(next) == [3, 3, 3, 1, 1, 3])
        #expect(try await search("alpha", workspaces, next) == 4)
        #expect(try fixture.database.read { try $0.workspacesToReembed(embedder: "test/a") }.isEmpty)
        let idle = Self.successor()
        try await ReembedWorkspaces(fixture.restarted(embedder: idle))()
        #expect(idle.calls.isEmpty)
    }

    @Test("a document that was embedded by the new model meanwhile, in a workspace of its own, is not embedded again")
    func meanwhile() async throws {
        let dependencies = fixture.restarted(embedder: Self.successor())
        let third = try fixture.workspace("c")
        let docpath = try fixture.document("late.json", "theta")
        #expect(try await EmbedDocument(dependencies: dependencies)(docpath, workspace: third) == .embedded)
        await #expect(throws: EmbeddingError.self) { try await search("alpha", workspaces + [third], dependencies) }
        let embedder = Self.successor()
        let next = fixture.restarted(embedder: embedder)
        try await ReembedWorkspaces(next)()
        #expect(embedder.calls.count == 3)
        #expect(try await search("alpha", workspaces + [third], next) == 5)
    }

    @Test("one wrong answer among right ones changes nothing")
    func passing() async throws {
        let dependencies = fixture.restarted(embedder: Self.successor())
        await #expect(throws: EmbeddingError.self) { try await search("alpha", workspaces, dependencies) }
        let sound = RecordingEmbedder()
        let next = fixture.restarted(embedder: sound)
        try await ReembedWorkspaces(next)()
        #expect(sound.calls.isEmpty)
        #expect(try vectors(next) == [3, 3, 26, 1, 1, 26])
        #expect(try await search("alpha", workspaces, next) == 4)
    }

    @Test("an embedder that cannot be asked at the start is asked again later")
    func unreachable() async throws {
        let dependencies = fixture.restarted(embedder: Self.successor())
        await #expect(throws: EmbeddingError.self) { try await search("alpha", workspaces, dependencies) }
        let failures = Mutex(2)
        let embedder = RecordingEmbedder { passages throws(EmbeddingError) in
            let fails = failures.withLock { count in
                count -= 1
                return count >= 0
            }
            if fails { throw EmbeddingError(.upstream, "503 down") }
            return passages.map { _ in [1, 2, 3] }
        }
        let next = fixture.restarted(embedder: embedder)
        try await ReembedWorkspaces(next, sleep: { _ in })()
        #expect(try vectors(next) == [3, 3, 3, 1, 1, 3])
    }
}
