import Foundation
import OrderedJSON
import TestSupport
import Testing

@testable import AnythingLLMImport

@Suite("The foreign documents")
struct StorageFolderTests {
    @Test("are the JSON files exactly one folder deep")
    func listing() throws {
        let storage = try ForeignStorage()
        try storage.document("custom-documents/b.json", "b")
        try storage.document("custom-documents/a.json", "a")
        try storage.document("reports/a.json", "a")
        for name in [
            "documents/DOCUMENTS.md", "documents/loose.json", "documents/reports/notes.txt", "documents/x/y/z.json",
        ] {
            try storage.write("{}", to: name)
        }
        let found = StorageFolder(storage.url).docpaths()
        #expect(found == ["custom-documents/a.json", "custom-documents/b.json", "reports/a.json"])
    }

    @Test("lose what has no meaning elsewhere and keep the rest in its order")
    func cleaning() throws {
        let storage = try ForeignStorage()
        try storage.write(
            #"""
            {"id":"1","docId":"stale","chunkSource":"confluence://wiki?payload=abc:def","title":"T",
            "pageContent":"one\u0000two","own":{"k":1}}
            """#, to: "documents/f/a.json")
        let document = try StorageFolder(storage.url).document("f/a.json")
        #expect(document.metadata == ["id": "1", "chunkSource": "confluence://wiki", "title": "T", "own": ["k": 1]])
        #expect(document.metadata.keys == ["id", "chunkSource", "title", "own"])
        #expect(document.pageContent == "one\u{FFFD}two")
    }

    @Test("outside the folder are not read, whichever way leads there")
    func containment() throws {
        let storage = try ForeignStorage()
        try storage.write(#"{"pageContent":"secret"}"#, to: "secret.json")
        try storage.write(#"{"pageContent":"secret"}"#, to: "outside/secret.json")
        try FileManager.default.createSymbolicLink(
            atPath: storage.directory.file("documents/custom-documents/link.json"),
            withDestinationPath: storage.directory.file("secret.json"))
        try FileManager.default.createSymbolicLink(
            atPath: storage.directory.file("documents/linked"),
            withDestinationPath: storage.directory.file("outside"))
        let folder = StorageFolder(storage.url)
        for path in ["custom-documents/link.json", "linked/secret.json", "custom-documents/../../secret.json"] {
            #expect(throws: DocumentFault.outside, "\(path)") { try folder.document(path) }
        }
    }

    @Test("that are damaged are told apart from missing ones")
    func faults() throws {
        let storage = try ForeignStorage()
        try storage.write(#"{"pageContent":"#, to: "documents/f/half.json")
        try storage.write(#"{"title":"no text"}"#, to: "documents/f/none.json")
        try storage.write("[]", to: "documents/f/list.json")
        let folder = StorageFolder(storage.url)
        for name in ["half", "none", "list"] {
            #expect(throws: DocumentFault.malformed, "\(name)") { try folder.document("f/\(name).json") }
        }
        #expect(throws: DocumentFault.missing) { try folder.document("f/missing.json") }
    }
}
