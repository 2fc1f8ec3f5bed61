import OrderedJSON
import Testing

@Suite("GET /v1/document/accepted-file-types")
struct AcceptedFileTypesTests {
    @Test("the table of the contract, in its order")
    func table() async throws {
        let json = try await APIFixture().get("/v1/document/accepted-file-types").json()
        let types = try #require(json["types"]?.objectValue)
        #expect(types.count == 25)
        #expect(types.keys.first == "text/plain")
        #expect(types.keys.last == "image/webp")
        #expect(types["text/plain"]?.text == #"[".txt",".md",".org",".adoc",".rst"]"#)
        #expect(types["audio/ogg"]?.text == #"[".ogg",".oga"]"#)
    }
}
