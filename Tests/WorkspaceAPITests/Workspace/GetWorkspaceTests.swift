import HTTPTypes
import OrderedJSON
import Testing

@Suite("GET /v1/workspace/:slug")
struct GetWorkspaceTests {
    @Test("an unknown slug is an empty list with 200 (WQ-2)", arguments: ["none", "OPS", "%2e", "ops%2Fx"])
    func unknown(slug: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let answer = try await api.get("/v1/workspace/" + slug)
        #expect(answer.status == 200)
        #expect(answer.body == #"{"workspace":[]}"#)
    }

    @Test("the only row has documents in full and threads without names")
    func row() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        let rows = try #require(try await api.get("/v1/workspace/ops").json()["workspace"]?.arrayValue)
        #expect(rows.count == 1)
        #expect(rows[0].objectValue?.keys.suffix(3) == ["router_id", "documents", "threads"])
        #expect(rows[0]["threads"]?.text == #"[{"user_id":null,"slug":"t1"}]"#)
        let document = try #require(rows[0]["documents"]?[0])
        #expect(
            document.objectValue?.keys == [
                "id", "docId", "filename", "docpath", "workspaceId", "metadata", "pinned", "watched", "createdAt",
                "lastUpdatedAt",
            ])
        #expect(document["docpath"] == .string(docpath))
        #expect(document["filename"] == .string(String(docpath.dropFirst("custom-documents/".count))))
        #expect(document["pinned"] == false)
        #expect(document["watched"] == false)
        let metadata = try JSONParser.parse(try #require(document["metadata"]?.stringValue))
        #expect(
            metadata.objectValue?.keys == [
                "id", "url", "title", "docAuthor", "description", "docSource", "chunkSource", "published", "wordCount",
                "token_count_estimate",
            ])
    }

    @Test("a slug is decoded before it is compared, and a workspace may be called new")
    func slugs() async throws {
        let api = try APIFixture()
        #expect(try await api.workspace("it’s") == "it's")
        #expect(try await api.get("/v1/workspace/it%27s").json()["workspace"]?[0]?["slug"] == "it's")
        #expect(try await api.workspace("New") == "new")
        #expect(try await api.get("/v1/workspace/new").json()["workspace"]?[0]?["slug"] == "new")
        #expect(try await api.get("/v1/workspace/new/chats").body == #"{"history":[]}"#)
        #expect(try await api.send(.delete, "/v1/workspace/new").status == 200)
    }
}
