import SentenceEmbedding
import Storage
import TestSupport
import Testing

@testable import Workspaces

@Suite("Embedding a document into a workspace")
struct EmbedDocumentTests {
    private func documents(_ fixture: WorkspacesFixture, _ workspace: Workspace) throws -> [String] {
        try fixture.database.read { try $0.workspaceDocuments(workspaceId: workspace.id) }.map(\.docpath)
    }

    @Test("its chunks carry the header and are found at once")
    func embed() async throws {
        let embedder = RecordingEmbedder(maximumChunkLength: 40)
        let fixture = try WorkspacesFixture(embedder)
        let workspace = try fixture.workspace("a")
        let docpath = try fixture.document("d.json", "Ferry tickets must be shown at the pier gate before boarding.")
        // A first search loads the empty index, so that the commit has to reach it.
        #expect(try fixture.counts(workspace) == [0, 0])
        #expect(try await fixture.embed(docpath, into: workspace) == .embedded)
        #expect(try fixture.counts(workspace) == [2, 2])
        let header = "<document_metadata>\nsourceDocument: T\n</document_metadata>\n\n"
        #expect(embedder.calls.count == 1)
        #expect(embedder.calls[0].allSatisfy { $0.hasPrefix(header) && $0.utf16.count <= header.utf16.count + 40 })
        let stored = try fixture.database.read { transaction in
            var lengths: [Float] = []
            try transaction.forEachVector(workspaceId: workspace.id) { _, _, bytes in
                lengths.append(
                    stride(from: 0, to: bytes.count, by: 4).reduce(0) { sum, offset in
                        let element = bytes.loadUnaligned(fromByteOffset: offset, as: Float.self)
                        return sum + element * element
                    })
            }
            return lengths
        }
        #expect(stored.allSatisfy { abs($0 - 1) < 1e-5 })
    }

    @Test("an embedding is used again in another workspace and after removal, without the embedder")
    func reuse() async throws {
        let embedder = RecordingEmbedder()
        let fixture = try WorkspacesFixture(embedder)
        let (a, b) = (try fixture.workspace("a"), try fixture.workspace("b"))
        let docpath = try fixture.document("d.json", "alpha")
        for workspace in [a, b, a] { #expect(try await fixture.embed(docpath, into: workspace) == .embedded) }
        _ = try await UpdateEmbeddings(fixture.dependencies)(a, adds: [], deletes: [docpath])
        #expect(try fixture.counts(a) == [0, 0])
        #expect(try await fixture.embed(docpath, into: a) == .embedded)
        #expect(embedder.calls.count == 1)
        #expect(try fixture.counts(a) == [1, 1])
        #expect(try fixture.counts(b) == [1, 1])
    }

    @Test("other content, another engine and another chunk size are embedded again (VQ-10)")
    func changes() async throws {
        let embedder = RecordingEmbedder()
        let fixture = try WorkspacesFixture(embedder)
        let workspace = try fixture.workspace("a")
        let docpath = try fixture.document("d.json", "alpha")
        _ = try await fixture.embed(docpath, into: workspace)
        try fixture.document("d.json", "omega")
        #expect(try await fixture.embed(docpath, into: workspace) == .embedded)
        #expect(embedder.calls.map { $0[0].suffix(5) } == ["alpha", "omega"])
        try fixture.database.write { try $0.setSetting("text_splitter_chunk_size", to: "500") }
        #expect(try await fixture.embed(docpath, into: workspace) == .embedded)
        #expect(embedder.calls.count == 3)
        var other = fixture.dependencies
        let second = RecordingEmbedder(identifier: "test/b")
        other.embedder = second
        #expect(try await EmbedDocument(dependencies: other)(docpath, workspace: workspace) == .embedded)
        #expect(second.calls.count == 1)
        #expect(try fixture.counts(workspace) == [1, 1])
        #expect(try documents(fixture, workspace) == [docpath])
    }

    /// What an embedder may do wrong, and the reason that is reported.
    static let failures: [(String, RecordingEmbedder.Answer, String)] = [
        ("fails", { _ throws(EmbeddingError) in throw EmbeddingError(.upstream, "500 down") }, "500 down"),
        (
            "gives too few vectors", { _ in [[1, 0]] },
            "Could not embed document chunks! This document will not be recorded."
        ),
        ("gives none", { _ in [] }, "Could not embed document chunks! This document will not be recorded."),
        (
            "gives a zero vector", { $0.map { _ in [0, 0] } },
            "The embedder answered with a vector that has no direction."
        ),
        (
            "gives no number", { $0.map { _ in [.nan, 1] } },
            "The embedder answered with a vector that has no direction."
        ),
        ("gives empty vectors", { $0.map { _ in [] } }, "The embedder answered with a vector that has no direction."),
    ]

    @Test("a failure in the middle leaves nothing, and the copy that was there stays", arguments: failures)
    func failure(name: String, answer: @escaping RecordingEmbedder.Answer, reason: String) async throws {
        let fixture = try WorkspacesFixture(RecordingEmbedder(maximumChunkLength: 30))
        let workspace = try fixture.workspace("a")
        let docpath = try fixture.document("d.json", "alpha beta gamma delta epsilon zeta eta theta")
        #expect(try await fixture.embed(docpath, into: workspace) == .embedded)
        let before = try fixture.database.read { try $0.workspaceDocuments(workspaceId: workspace.id) }
        let counts = try fixture.counts(workspace)
        try fixture.document("d.json", "other words in the same place, more than thirty of them")
        var broken = fixture.dependencies
        broken.embedder = RecordingEmbedder(maximumChunkLength: 30, answer: answer)
        #expect(
            try await EmbedDocument(dependencies: broken)(docpath, workspace: workspace) == .failed(reason: reason))
        #expect(try fixture.database.read { try $0.workspaceDocuments(workspaceId: workspace.id) } == before)
        #expect(try fixture.counts(workspace) == counts)
    }

    @Test("vectors of other dimensions than the workspace's are reported, and nothing is stored")
    func dimensions() async throws {
        let fixture = try WorkspacesFixture()
        let workspace = try fixture.workspace("a")
        _ = try await fixture.embed(try fixture.document("one.json", "alpha"), into: workspace)
        let docpath = try fixture.document("two.json", "beta")
        var other = fixture.dependencies
        other.embedder = RecordingEmbedder { $0.map { _ in [1, 0, 0] } }
        #expect(
            try await EmbedDocument(dependencies: other)(docpath, workspace: workspace)
                == .failed(reason: ReplacedModelTests.message))
        #expect(try documents(fixture, workspace) == ["library/one.json"])
        #expect(try fixture.counts(workspace) == [1, 1])
        #expect(try fixture.database.read { try $0.isEmbedded(docpath: docpath) } == false)
    }

    @Test("sizes that the splitter refuses fail the document")
    func sizes() async throws {
        let fixture = try WorkspacesFixture()
        let workspace = try fixture.workspace("a")
        let docpath = try fixture.document("d.json", "alpha")
        try fixture.database.write { transaction in
            try transaction.setSetting("text_splitter_chunk_size", to: "10")
            try transaction.setSetting("text_splitter_chunk_overlap", to: "10")
        }
        #expect(
            try await fixture.embed(docpath, into: workspace)
                == .failed(reason: "Cannot have chunkOverlap >= chunkSize"))
        try fixture.database.write { transaction in
            try transaction.setSetting("text_splitter_chunk_size", to: "abc")
            try transaction.setSetting("text_splitter_chunk_overlap", to: "abc")
        }
        #expect(try await fixture.embed(docpath, into: workspace) == .embedded)
    }

    @Test(
        "what is no document is skipped, what has no text fails",
        arguments: [
            ("library/none.json", EmbedDocument.Outcome.skipped), ("library", .skipped), ("", .skipped),
            ("a/b/c.json", .skipped),
            ("/library/empty.json", .skipped), ("library/", .skipped),
            ("library/empty.json", .failed(reason: "library/empty.json has no text content.")),
        ])
    func nothing(docpath: String, outcome: EmbedDocument.Outcome) async throws {
        let fixture = try WorkspacesFixture()
        let workspace = try fixture.workspace("a")
        try fixture.document("empty.json", "")
        #expect(try await fixture.embed(docpath, into: workspace) == outcome)
        #expect(try documents(fixture, workspace).isEmpty)
    }

    @Test("a workspace that is deleted while its document is embedded gets nothing")
    func deletedWorkspace() async throws {
        let (begun, deleted) = (ManualGate(), ManualGate())
        let embedder = RecordingEmbedder { passages in
            begun.open()
            await deleted.wait()
            return passages.map { _ in [1, 0] }
        }
        let fixture = try WorkspacesFixture(embedder)
        let workspace = try fixture.workspace("a")
        let docpath = try fixture.document("d.json", "alpha")
        async let outcome = fixture.embed(docpath, into: workspace)
        await begun.wait()
        #expect(try DeleteWorkspace(fixture.dependencies)(slug: "a") == .deleted)
        deleted.open()
        #expect(try await outcome == .failed(reason: "The workspace was deleted meanwhile."))
        #expect(try fixture.database.read { try $0.vectorCount() } == 0)
        #expect(try fixture.counts(workspace) == [0, 0])
    }
}
