import Documents
import OrderedJSON
import SentenceEmbedding
import Synchronization
import TestSupport
import Testing

@testable import Workspaces

@Suite("Replacing a document", .timeLimit(.minutes(1)))
struct ReplaceDocumentTests {
    private func record(_ text: String) -> DocumentRecord {
        DocumentRecord(
            metadata: ["id": "new", "title": "T"], pageContent: text,
            location: DocumentLocation(folder: "", fileName: ""))
    }

    private func search(_ fixture: WorkspacesFixture, _ workspace: Workspace) async throws -> [String] {
        try await FindPassages(dependencies: fixture.dependencies)(
            SearchRequest(query: "version", mode: .normal, topN: 100, threshold: 0), in: [workspace.id]
        ).hits.map { String($0.text.split(separator: "\n").last ?? "") }
    }

    @Test("searches that run meanwhile see the old content or the new one, whole and alone")
    func atomic() async throws {
        let fixture = try WorkspacesFixture(RecordingEmbedder(maximumChunkLength: 40), onDisk: true)
        let workspace = try fixture.workspace("a")
        // Three chunks of each version.
        func text(_ version: Int) -> String {
            (0..<3).map { "version v\(version) part \($0) of three parts" }.joined(separator: "\n\n")
        }
        let docpath = try fixture.document("d.json", text(0))
        let address = try #require(LibraryAddress(docpath: docpath))
        _ = try await fixture.embed(docpath, into: workspace)
        let isDone = Mutex(false)
        let searching = Task.detached {
            var seen: Set<Set<String>> = []
            var sizes: Set<Int> = []
            while !isDone.withLock({ $0 }) {
                let texts = try await search(fixture, workspace)
                sizes.insert(texts.count)
                seen.insert(Set(texts.compactMap { $0.split(separator: " ").dropFirst().first.map(String.init) }))
            }
            return (seen, sizes)
        }
        for version in 1...40 {
            let stored = try await ReplaceDocument(dependencies: fixture.dependencies)(
                address, with: record(text(version)))
            #expect(stored != nil)
        }
        isDone.withLock { $0 = true }
        let (seen, sizes) = try await searching.value
        #expect(sizes == [3])
        #expect(seen.allSatisfy { $0.count == 1 })
        #expect(try await search(fixture, workspace).allSatisfy { $0.contains("v40") })
        #expect(try fixture.counts(workspace) == [3, 3])
    }

    @Test("a document that is replaced while it is embedded is embedded with what it says then")
    func replacedMeanwhile() async throws {
        let (reached, gate) = (ManualGate(), ManualGate())
        let embedder = RecordingEmbedder { passages throws(EmbeddingError) in
            if passages[0].hasSuffix("alpha") {
                reached.open()
                await gate.wait()
            }
            return try await RecordingEmbedder.letters(passages)
        }
        let fixture = try WorkspacesFixture(embedder)
        let workspace = try fixture.workspace("a")
        let docpath = try fixture.document("d.json", "alpha")
        let address = try #require(LibraryAddress(docpath: docpath))
        async let outcome = fixture.embed(docpath, into: workspace)
        await reached.wait()
        _ = try await ReplaceDocument(dependencies: fixture.dependencies)(address, with: record("omega"))
        gate.open()
        #expect(try await outcome == .embedded)
        #expect(try await search(fixture, workspace) == ["omega"])
        #expect(try fixture.counts(workspace) == [1, 1])
    }

    @Test("a workspace that takes the document in while it is replaced gets the new content")
    func takenMeanwhile() async throws {
        let (reached, gate) = (ManualGate(), ManualGate())
        let embedder = RecordingEmbedder { passages throws(EmbeddingError) in
            if passages[0].hasSuffix("omega") {
                reached.open()
                await gate.wait()
            }
            return try await RecordingEmbedder.letters(passages)
        }
        let fixture = try WorkspacesFixture(embedder)
        let (a, b) = (try fixture.workspace("a"), try fixture.workspace("b"))
        let docpath = try fixture.document("d.json", "alpha")
        let address = try #require(LibraryAddress(docpath: docpath))
        _ = try await fixture.embed(docpath, into: a)
        let dependencies = fixture.dependencies
        async let stored = ReplaceDocument(dependencies: dependencies)(address, with: record("omega"))
        await reached.wait()
        #expect(try await fixture.embed(docpath, into: b) == .embedded)
        #expect(try await search(fixture, b) == ["alpha"])
        gate.open()
        #expect(try await stored != nil)
        for workspace in [a, b] { #expect(try await search(fixture, workspace) == ["omega"]) }
    }

    @Test("a document that is not there is nothing to replace")
    func unknown() async throws {
        let fixture = try WorkspacesFixture()
        let address = try #require(LibraryAddress(docpath: "library/none.json"))
        #expect(try await ReplaceDocument(dependencies: fixture.dependencies)(address, with: record("a")) == nil)
    }
}
