import AnythingLLMImport
import Foundation
import OrderedJSON
import SentenceEmbedding
import Storage
import TestSupport
import Testing

@testable import Workspaces

@Suite("Importing documents")
struct ImportDocumentsTests {
    private static let path = "custom-documents/a.txt-1.json"

    /// Chunks as this very embedder would make them.
    private static func chunks(_ texts: String...) -> [(text: String, vector: [Double])] {
        texts.map { ("<document_metadata>\nsourceDocument: T\n</document_metadata>\n\n" + $0) }
            .map { ($0, CountingEmbedder.vector($0)) }
    }

    private func storage() throws -> ForeignStorage {
        let storage = try ForeignStorage()
        try storage.workspace(1, "w")
        try storage.workspace(2, "v")
        return storage
    }

    @Test("keeps text, keys, link, pin and vectors; only one passage of each document is embedded")
    func keepsVectors() async throws {
        let storage = try storage()
        try storage.document(Self.path, "alpha beta gamma")
        try storage.cache(Self.path, Self.chunks("alpha beta", "beta gamma and more"))
        try storage.link(5, workspace: 1, Self.path, ["pinned": 1, "watched": 1])
        try storage.link(6, workspace: 2, Self.path)
        let before = try storage.snapshot()
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        let held = try #require(try fixture.documents("w").first)
        #expect(held.docId == "d0c00000-0000-4000-8000-000000001005" && held.id == 5)
        #expect(held.docpath == Self.path && held.filename == "a.txt-1.json")
        #expect(held.pinned && !held.watched && held.createdAt == 1_700_000_000_005)
        #expect(held.metadata == ForeignStorage.metadata(Self.path).text)
        #expect(try fixture.documents("v").first?.pinned == false)
        #expect(try fixture.text(Self.path) == "alpha beta gamma")
        #expect(try fixture.vectorCount("w") == 2)
        #expect(try fixture.vectorCount("v") == 2)
        #expect(fixture.embedder.embedded.count == 1)
        #expect(report.reusedVectors == 1 && report.embedded == 0 && report.placements == .init(found: 2, imported: 2))
        #expect(try storage.snapshot() == before)

        let again = try await fixture.run(storage)
        #expect(again.documents == .init(found: 1, present: 1) && again.placements == .init(found: 2, present: 2))
        #expect(fixture.embedder.embedded.count == 1)
        #expect(try fixture.vectorCount("w") == 2)
    }

    @Test("what was imported is embedded into another workspace without the embedder")
    func sharedAfterwards() async throws {
        let storage = try storage()
        try storage.document(Self.path, "alpha")
        try storage.cache(Self.path, Self.chunks("alpha"))
        let fixture = try ImportFixture()
        #expect(try await fixture.run(storage).documents.imported == 1)
        let workspace = Workspace(try #require(try fixture.workspace("w")))
        let result = try await UpdateEmbeddings(fixture.dependencies)(workspace, adds: [Self.path], deletes: [])
        #expect(result.embedded == [Self.path])
        #expect(fixture.embedder.embedded.count == 1)
    }

    /// What makes the cache unusable, and the reason that is counted.
    static let faults: [(String, @Sendable (ForeignStorage) throws -> Void, String)] = [
        ("none", { _ in }, "no cached vectors"),
        (
            "other model", { try $0.cache(path, [("alpha", (0..<26).map { $0 == 25 ? 1 : 0 })]) },
            "the cached vectors are of another model"
        ),
        (
            "other dimensions", { try $0.cache(path, [("alpha", [1, 0, 0])]) },
            "the cached vectors have 3 dimensions"
        ),
        (
            "stale", { try $0.cache(path, chunks("alpha"), published: "1/1/2020, 1:00:00 AM") },
            "the cached vectors are of an earlier state of the document"
        ),
        (
            "mixed", { try $0.cache(path, [("alpha", [1, 0]), ("beta", [1])]) },
            "the cached vectors have different lengths"
        ),
        (
            "damaged", { try $0.write("[[", to: "vector-cache/\(ForeignStorage.cacheName(path)).json") },
            "the cached vectors are no JSON of the known form"
        ),
    ]

    @Test("embeds anew when the cache cannot be used", arguments: faults)
    func embedsAnew(
        name: String, prepare: @Sendable (ForeignStorage) throws -> Void, reason: String
    ) async throws {
        let storage = try storage()
        try storage.document(Self.path, "alpha")
        try storage.link(1, workspace: 1, Self.path)
        try prepare(storage)
        let fixture = try ImportFixture()
        let dry = try await fixture.run(storage, dryRun: true)
        let report = try await fixture.run(storage)
        #expect(report == dry)
        #expect(report.reasons == ["document to embed again: \(reason)": 1])
        #expect(report.embedded == 1 && report.reusedVectors == 0)
        let header = "<document_metadata>\nsourceDocument: Title of \(Self.path)\npublished: "
        #expect(fixture.embedder.embedded.last?.hasPrefix(header) == true)
        #expect(fixture.embedder.embedded.last?.hasSuffix("\n\nalpha") == true)
        #expect(try fixture.vectorCount("w") == 1)
    }

    @Test("trust takes vectors of another direction but not of other dimensions; discard takes none")
    func policies() async throws {
        let storage = try storage()
        let other = "custom-documents/b.json"
        for path in [Self.path, other] {
            try storage.document(path, "alpha")
            try storage.link(path == other ? 2 : 1, workspace: 1, path)
        }
        try storage.cache(Self.path, [("alpha", (0..<26).map { $0 == 25 ? 1 : 0 })])
        try storage.cache(other, [("alpha", [1, 0])])
        let trusting = try await ImportFixture().run(storage, policy: .trust)
        #expect(trusting.reusedVectors == 1 && trusting.embedded == 1)
        let discarding = try await ImportFixture().run(storage, policy: .discard)
        #expect(discarding.reusedVectors == 0 && discarding.embedded == 2)
    }

    @Test("a document that is linked twice in a workspace is held once, pinned when either was")
    func duplicates() async throws {
        let storage = try storage()
        try storage.document(Self.path, "alpha")
        try storage.link(1, workspace: 1, Self.path)
        try storage.link(2, workspace: 1, "./" + Self.path, ["pinned": 1])
        try storage.link(3, workspace: 1, " ../" + Self.path)
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        let held = try fixture.documents("w")
        #expect(held.map(\.id) == [1] && held.map(\.pinned) == [true])
        #expect(try fixture.vectorCount("w") == 1)
        #expect(report.reasons["further copy of a document in the same workspace: taken once"] == 2)
        #expect(report.placements == .init(found: 1, imported: 1))
    }

    @Test("the cache is found under the spelling of the link")
    func spelling() async throws {
        let storage = try storage()
        try storage.document(Self.path, "alpha")
        try storage.link(1, workspace: 1, "./" + Self.path)
        try storage.cache("./" + Self.path, Self.chunks("alpha"))
        let report = try await ImportFixture().run(storage)
        #expect(report.reusedVectors == 1)
    }

    @Test("a file in another Unicode form than its link is found")
    func unicodeForms() async throws {
        let storage = try storage()
        let (composed, decomposed) = (
            "custom-documents/r\u{E9}sum\u{E9}.json", "custom-documents/re\u{301}sume\u{301}.json"
        )
        try storage.document(decomposed, "alpha")
        try storage.link(1, workspace: 1, composed)
        try storage.cache(composed, Self.chunks("alpha"))
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        #expect(report.documents == .init(found: 1, imported: 1) && report.reusedVectors == 1)
        let held = try #require(try fixture.documents("w").first)
        #expect(held.docpath.utf8.elementsEqual(decomposed.utf8))
    }

    @Test("without its file the text comes from the passages; without both it is lost and named")
    func missingFiles() async throws {
        let storage = try storage()
        try storage.cache(Self.path, Self.chunks("The ferry leaves at", "leaves at nine.", "Bring a ticket."))
        try storage.link(1, workspace: 1, Self.path)
        try storage.link(2, workspace: 1, "custom-documents/lost.json")
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        #expect(try fixture.text(Self.path) == "The ferry leaves at nine.\nBring a ticket.")
        #expect(try fixture.vectorCount("w") == 3)
        #expect(report.documents == .init(found: 2, imported: 1))
        #expect(report.notes.contains { $0.contains("put together from its passages") })
        #expect(
            report.notes.contains { $0.contains("custom-documents/lost.json is not imported: its file is missing") })
    }

    @Test("paths that lead elsewhere are never opened")
    func pathSafety() async throws {
        let storage = try storage()
        try storage.write(#"{"pageContent":"secret","title":"S"}"#, to: "secret.json")
        try storage.write(#"{"pageContent":"secret","title":"S"}"#, to: "documents/secret.json")
        try FileManager.default.createSymbolicLink(
            atPath: storage.directory.file("documents/custom-documents/link.json"),
            withDestinationPath: storage.directory.file("secret.json"))
        let paths = [
            "../secret.json", "/etc/passwd", "custom-documents/../../secret.json", "..\\secret.json", "a/b/c.json", "",
            " ",
            "custom-documents/", "custom-documents/link.json", "custom-documents/a.txt",
        ]
        for (number, path) in paths.enumerated() { try storage.link(Int64(number + 1), workspace: 1, path) }
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        #expect(try fixture.database.read { try $0.documents() }.isEmpty)
        #expect(try fixture.documents("w").isEmpty)
        #expect(report.placements.left == paths.count)
        #expect(report.notes.filter { $0.hasPrefix("Document ") }.count == paths.count)
    }

    @Test("documents of no workspace come into the library, extra files are left")
    func unlinked() async throws {
        let storage = try storage()
        try storage.document(Self.path, "alpha")
        try storage.write("note", to: "documents/DOCUMENTS.md")
        try storage.write(#"{"pageContent":"#, to: "documents/custom-documents/half.json")
        try storage.cache("custom-documents/of-a-removed-link.json", Self.chunks("x"))
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        #expect(try fixture.database.read { try $0.documents() }.map(\.docpath) == [Self.path])
        #expect(report.documents == .init(found: 2, imported: 1))
        #expect(report.notes.contains { $0.contains("half.json is not imported: its file is no JSON") })
        #expect(fixture.embedder.embedded.isEmpty)
    }

    @Test("a document without text comes into the library only")
    func emptyText() async throws {
        let storage = try storage()
        try storage.document(Self.path, "")
        try storage.link(1, workspace: 1, Self.path)
        let fixture = try ImportFixture()
        let report = try await fixture.run(storage)
        #expect(try fixture.text(Self.path)?.isEmpty == true)
        #expect(try fixture.documents("w").isEmpty && report.placements.left == 1)
    }

    @Test("a name that is taken by another content here gets a new one; the same content is used")
    func nameConflict() async throws {
        let storage = try storage()
        let other = "custom-documents/b.json"
        for (id, path) in [(1, Self.path), (2, other)] {
            try storage.document(path, "alpha")
            try storage.link(Int64(id), workspace: 1, path)
        }
        let fixture = try ImportFixture()
        try await fixture.run(storage)
        let first = try fixture.database.read { try $0.documents() }
        let fresh = try ImportFixture()
        try fresh.database.write { transaction in
            var same = first[0]
            same.id = nil
            try transaction.insert(&same, text: "alpha")
            var different = first[1]
            different.id = nil
            different.contentHash = [1, 2, 3]
            try transaction.insert(&different, text: "mine")
        }
        try await fresh.run(storage)
        #expect(try fresh.documents("w").map(\.docpath) == [Self.path, "custom-documents/b-imported-2.json"])
        #expect(try fresh.text(other) == "mine")
        #expect(try fresh.text("custom-documents/b-imported-2.json") == "alpha")
    }

    @Test("a run that the embedder stops goes on where it was, and nothing is there twice")
    func resumes() async throws {
        let storage = try storage()
        for number in 1...12 {
            let path = "custom-documents/\(number).json"
            try storage.document(path, number > 4 ? "unlucky \(number)" : "fine \(number)")
            try storage.link(Int64(number), workspace: 1, path)
        }
        let fixture = try ImportFixture(CountingEmbedder(refusing: "unlucky"))
        let error = await #expect(throws: EmbeddingError.self) { try await fixture.run(storage) }
        #expect(error?.message.contains("failed 5 times in a row") == true)
        #expect(try fixture.documents("w").count == 4)
        var working = fixture.dependencies
        let embedder = CountingEmbedder()
        working.embedder = embedder
        let folder = StorageFolder(storage.url)
        let source = try ForeignDatabase(file: folder.database)
        let report = try await ImportAnythingLLM(working, folder: folder, database: source)(
            isDryRun: false, progress: { _ in })
        #expect(report.placements == .init(found: 12, imported: 8, present: 4))
        #expect(report.documents.left == 0)
        #expect(embedder.embedded.count == 8)
        #expect(try fixture.documents("w").map(\.docpath).count == 12)
        #expect(try fixture.vectorCount("w") == 12)
    }
}
