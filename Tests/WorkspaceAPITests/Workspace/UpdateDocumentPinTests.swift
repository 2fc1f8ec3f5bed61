import OrderedJSON
import Testing

@Suite("POST /v1/workspace/:slug/update-pin")
struct UpdateDocumentPinTests {
    private static let path = "/v1/workspace/ops/update-pin"

    static let refusals: [APICase] = [
        APICase(
            name: "unknown workspace (VQ-6)", path: "/v1/workspace/none/update-pin", body: #"{"docPath":"a/b.json"}"#,
            status: 400, exactly: "Bad Request"),
        APICase(
            name: "missing path (VQ-7)", path: path, body: "{}", status: 400,
            exactly: #"{"error":"docPath is required"}"#),
        APICase(name: "null path", path: path, body: #"{"docPath":null}"#, status: 404, exactly: "Not Found"),
        APICase(name: "empty path", path: path, body: #"{"docPath":""}"#, status: 404, exactly: "Not Found"),
        APICase(name: "number as path", path: path, body: #"{"docPath":5}"#, status: 404, exactly: "Not Found"),
        APICase(
            name: "path in another spelling", path: path, body: #"{"docPath":"./custom-documents/x.json"}"#,
            status: 404,
            exactly: "Not Found"),
        APICase(
            name: "text as status (VQ-8)", path: path, body: #"{"docPath":"a","pinStatus":"true"}"#, status: 400,
            exactly: #"{"error":"pinStatus must be a boolean"}"#),
        APICase(
            name: "number as status", path: path, body: #"{"docPath":"a","pinStatus":1}"#, status: 400,
            exactly: #"{"error":"pinStatus must be a boolean"}"#),
        APICase(name: "no JSON", path: path, body: "{", status: 400, containing: [#"{"error":"#]),
    ]

    @Test("what names no document of the workspace is refused", arguments: refusals)
    func refuse(refusal: APICase) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        try await refusal.check(api)
        #expect(try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"]?[0]?["pinned"] == false)
    }

    @Test("a document that is added again stays pinned, and is not pinned after it was removed")
    func addedAgain() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        _ = try await api.post(Self.path, #"{"docPath":"\#(docpath)","pinStatus":true}"#)
        let before = try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"]?[0]
        for (body, isPinned) in [
            (#"{"adds":["\#(docpath)"]}"#, true), (#"{"deletes":["\#(docpath)"],"adds":["\#(docpath)"]}"#, false),
        ] {
            _ = try await api.post("/v1/workspace/ops/update-embeddings", body)
            let documents = try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"]
            #expect(documents?.arrayValue?.count == 1)
            #expect(documents?[0]?["docId"] != before?["docId"])
            #expect(documents?[0]?["pinned"] == .bool(isPinned))
        }
    }

    @Test("the pin shows in the workspace and in the library; no status and null unpin")
    func pin() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let before = try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"]?[0]
        for (status, expected) in [
            (#","pinStatus":true"#, true), ("", false), (#","pinStatus":true"#, true), (#","pinStatus":null"#, false),
        ] {
            let answer = try await api.post(Self.path, #"{"docPath":"\#(docpath)"\#(status)}"#)
            #expect(answer.status == 200)
            #expect(answer.body == #"{"message":"Pin status updated successfully"}"#)
            let document = try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"]?[0]
            #expect(document?["pinned"] == .bool(expected))
            #expect(document?["lastUpdatedAt"] == before?["lastUpdatedAt"])
            let item = try await api.get("/v1/documents").json()["localFiles"]?["items"]?[0]?["items"]?[0]
            #expect(item?["pinnedWorkspaces"] == (expected ? [1] : []))
        }
        #expect(try api.events().last == "workspace_documents_added")
    }
}
