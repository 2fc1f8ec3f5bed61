import OrderedJSON
import Testing

@Suite("GET /v1/document/:docName")
struct GetDocumentTests {
    @Test("a document is shown by its file name, without the marks of lists")
    func found() async throws {
        let api = try APIFixture()
        let name = try await api.document("supply", "Delivery is due in June.").dropFirst("custom-documents/".count)
        let answer = try await api.get("/v1/document/" + name)
        #expect(answer.status == 200)
        let document = try #require(try answer.json()["document"]?.objectValue)
        #expect(
            document.keys == [
                "name", "type", "id", "url", "title", "docAuthor", "description", "docSource", "chunkSource",
                "published",
                "wordCount", "token_count_estimate", "cached",
            ])
        #expect(document["name"] == .string(String(name)))
        #expect(document["cached"] == false)
    }

    @Test(
        "what is not there is a plain 404",
        arguments: ["none.json", "custom-documents", "upload", "raw-text", "a%2Fb.json"])
    func unknown(name: String) async throws {
        let answer = try await APIFixture().get("/v1/document/" + name)
        #expect(answer.status == 404)
        #expect(answer.body == "Not Found")
    }

    @Test("the names of folders themselves are a plain 500", arguments: [".", "..", "%2E%2E", "%2e%2e%2f", "%20"])
    func folders(name: String) async throws {
        let answer = try await APIFixture().get("/v1/document/" + name)
        #expect(answer.status == 500)
        #expect(answer.body == "Internal Server Error")
    }

    @Test("so is the name of a folder where documents are looked for")
    func nestedFolder() async throws {
        let api = try APIFixture()
        _ = try await api.post("/v1/document/create-folder", #"{"name":"a/b"}"#)
        #expect(try await api.get("/v1/document/b").status == 500)
        #expect(try await api.get("/v1/document/a").status == 404)
    }
}
