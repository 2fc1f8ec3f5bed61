import Foundation
import OrderedJSON
import Testing

@testable import AnythingLLMImport

@Suite("The foreign vector cache")
struct VectorCacheTests {
    @Test("is named by the UUID of the docpath as it was stored")
    func name() {
        let docpath = "custom-documents/a.txt-a1dbc4e7-e408-44e5-9fbc-822fa4b1fe4d.json"
        #expect(NameUUID.text(docpath) == "b02b02fd-43fb-5b3e-acd0-d7d21e63bedc")
        #expect(NameUUID.text("./" + docpath) != NameUUID.text(docpath))
    }

    @Test(
        "is read in the form of each vector store",
        arguments: [
            #"[[{"id":"1","values":[1,0],"metadata":{"title":"T","text":"a"}},{"id":"2","values":[0,1],"metadata":{"text":"b"}}]]"#,
            #"[[{"id":"1","vector":[1,0],"payload":{"title":"T","text":"a"}}],[{"id":"2","vector":[0,1],"payload":{"text":"b"}}]]"#,
            #"[[{"id":"1","vector":[1,0],"class":"C","properties":{"title":"T","text":"a"}},{"id":"2","vector":[0,1],"properties":{"text":"b"}}]]"#,
        ])
    func forms(json: String) throws {
        let cached = try CachedChunks(json: JSONParser.parse(json))
        #expect(cached.chunks == [.init(text: "a", vector: [1, 0]), .init(text: "b", vector: [0, 1])])
        #expect(cached.metadata["title"] == "T")
    }

    @Test(
        "that is damaged is refused with its fault",
        arguments: [
            ("{}", .malformed), ("[1]", .malformed), ("[[{}]]", .malformed), ("[]", .empty), ("[[]]", .empty),
            (#"[[{"values":[],"metadata":{"text":"a"}}]]"#, .empty),
            (#"[[{"values":[1],"metadata":{"text":"a"}},{"values":[1,2],"metadata":{"text":"b"}}]]"#, .mixedDimensions),
            (#"[[{"values":[1,null],"metadata":{"text":"a"}}]]"#, .notFinite),
            (#"[[{"values":[1e300],"metadata":{"text":"a"}}]]"#, .notFinite),
            (#"[[{"values":[1],"metadata":{"text":5}}]]"#, .malformed),
        ] as [(String, CacheFault)])
    func faults(json: String, fault: CacheFault) throws {
        let value = try JSONParser.parse(json)
        #expect(throws: fault) { try CachedChunks(json: value) }
    }

    @Test("a file that is no JSON, or missing, is told apart")
    func files() throws {
        let storage = try ForeignStorage()
        try storage.write("[[{", to: "vector-cache/\(ForeignStorage.cacheName("f/a.json")).json")
        #expect(throws: CacheFault.malformed) { try StorageFolder(storage.url).cachedChunks("f/a.json") }
        #expect(throws: CacheFault.missing) { try StorageFolder(storage.url).cachedChunks("f/b.json") }
    }
}
