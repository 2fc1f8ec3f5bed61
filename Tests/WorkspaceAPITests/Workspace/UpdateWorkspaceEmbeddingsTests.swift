import HTTPTypes
import OrderedJSON
import Testing

@Suite("POST /v1/workspace/:slug/update-embeddings")
struct UpdateWorkspaceEmbeddingsTests {
    private static let path = "/v1/workspace/ops/update-embeddings"
    private static let notLists = #"{"error":"adds and deletes must be arrays of document paths."}"#

    private func documents(_ api: APIFixture) async throws -> [JSONValue] {
        try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"]?.arrayValue ?? []
    }

    @Test("the workspace comes back with its documents and window, and without a message")
    func answer() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.")
        let answer = try await api.post(Self.path, #"{"adds":["\#(docpath)"]}"#)
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(json.objectValue?.keys == ["workspace", "embedded", "skipped", "failed"])
        #expect(json["embedded"] == [.string(docpath)])
        #expect(json["skipped"] == [])
        #expect(json["failed"] == [])
        #expect(
            json["workspace"]?.objectValue?.keys.suffix(4) == [
                "router_id", "documents", "contextWindow", "currentContextTokenCount",
            ])
        #expect(json["workspace"]?["contextWindow"] == 16_384)
        #expect(json["workspace"]?["currentContextTokenCount"] == 0)
        #expect(json["workspace"]?["documents"]?[0]?["docpath"] == .string(docpath))
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":1}"#)
    }

    @Test("what could not be embedded is told, and with strict the status says so", arguments: ["", "?strict=true"])
    func failures(query: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let blank = try await api.document("blank", " ")
        let answer = try await api.post(Self.path + query, #"{"adds":["\#(blank)","custom-documents/none.json"]}"#)
        #expect(answer.status == (query.isEmpty ? 200 : 422))
        let json = try answer.json()
        #expect(json["workspace"]?["documents"] == [])
        #expect(json["skipped"] == ["custom-documents/none.json"])
        #expect(json["failed"]?[0]?["path"] == .string(blank))
        let good = try await api.document("supply", "Delivery is due in June.")
        #expect(try await api.post(Self.path + query, #"{"adds":["\#(good)"]}"#).status == 200)
    }

    @Test("a client that would rather not wait gets a job at once, and what is to be deleted is deleted")
    func job() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let old = try await api.document("old", "Delivery was due in May.", workspaces: "ops")
        let new = try await api.document("new", "Delivery is due in June.")
        let answer = try await api.send(
            .post, Self.path, #"{"adds":["\#(new)"],"deletes":["\#(old)"]}"#,
            headers: [try #require(HTTPField.Name("Prefer")): "respond-async"])
        #expect(answer.status == 202)
        #expect(try answer.json()["job"]?["state"] == "queued")
        #expect(try await documents(api) == [])
        #expect(try api.events().last == "workspace_documents_removed")
        for refusal in Self.refusals {
            #expect(try await api.post(refusal.path + "?async=true", refusal.body).status == 400)
        }
        #expect(try await api.get("/v1/jobs").json()["totalCount"] == 1)
    }

    @Test("an empty path to delete deletes nothing, and what is to be added is added", arguments: ["", "?async=true"])
    func deleteNothing(query: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let kept = try await api.document("kept", "Delivery was due in May.", workspaces: "ops")
        let new = try await api.document("new", "Delivery is due in June.")
        let answer = try await api.post(Self.path + query, #"{"adds":["\#(new)"],"deletes":[""]}"#)
        #expect(answer.status == (query.isEmpty ? 200 : 202))
        let paths = try await documents(api).map { $0["docpath"]?.stringValue }
        #expect(paths == (query.isEmpty ? [kept, new] : [kept]))
        #expect(try api.events().contains("workspace_documents_removed"))
    }

    static let refusals: [APICase] = [
        APICase(
            name: "unknown workspace", path: "/v1/workspace/none/update-embeddings", body: "{}", status: 400,
            exactly: "Bad Request"),
        APICase(name: "null adds", path: path, body: #"{"adds":null}"#, status: 400, exactly: notLists),
        APICase(name: "null deletes", path: path, body: #"{"deletes":null}"#, status: 400, exactly: notLists),
        APICase(name: "text deletes", path: path, body: #"{"deletes":"a"}"#, status: 400, exactly: notLists),
        APICase(name: "text adds", path: path, body: #"{"adds":"a"}"#, status: 400, exactly: notLists),
        APICase(name: "empty text adds", path: path, body: #"{"adds":""}"#, status: 400, exactly: notLists),
        APICase(name: "object adds", path: path, body: #"{"adds":{}}"#, status: 400, exactly: notLists),
        APICase(name: "number in adds", path: path, body: #"{"adds":["a",5]}"#, status: 400, exactly: notLists),
        APICase(name: "empty text in adds", path: path, body: #"{"adds":[""]}"#, status: 400, exactly: notLists),
        APICase(name: "null in deletes", path: path, body: #"{"deletes":[null]}"#, status: 400, exactly: notLists),
        APICase(
            name: "path that is no path", path: path, body: #"{"adds":["."],"deletes":["a"]}"#, status: 400,
            containing: [#"{"error":"#]),
    ]

    @Test("what is no list of paths is refused before anything is done", arguments: refusals)
    func refuse(refusal: APICase) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let before = try api.events()
        try await refusal.check(api)
        let body = (refusal.body ?? "").replacing(#"["a""#, with: #"["\#(docpath)""#)
        #expect(try await api.post(refusal.path, body).status == 400)
        #expect(try await documents(api).count == 1)
        #expect(try api.events() == before)
    }

    @Test("nothing to do is the workspace without an event", arguments: ["{}", "[]", #"{"adds":[],"deletes":[]}"#])
    func nothing(body: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let answer = try await api.post(Self.path, body)
        #expect(answer.status == 200)
        #expect(try answer.json()["workspace"]?["documents"] == [])
        #expect(try api.events() == ["api_workspace_created"])
        #expect(try api.telemetry()["documents_embedded_in_workspace"] == nil)
    }

    @Test("events count what was asked for, deletions first (VQ-11)")
    func events() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.")
        let body = #"{"adds":["\#(docpath)","custom-documents/none.json"],"deletes":["x","y","z"]}"#
        #expect(try await api.post(Self.path, body).status == 200)
        #expect(
            try api.eventRows().suffix(2) == [
                #"workspace_documents_removed {"workspaceName":"Ops","numberOfDocuments":3}"#,
                #"workspace_documents_added {"workspaceName":"Ops","numberOfDocumentsAdded":2}"#,
            ])
        #expect(try api.telemetry()["documents_embedded_in_workspace"] == 1)
        #expect(try await documents(api).count == 1)
    }

    @Test("a path that is added again replaces its copy (VQ-4), in whatever spelling it comes")
    func duplicates() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let first = try await documents(api)
        let body = #"{"adds":["\#(docpath)","./\#(docpath)","../\#(docpath)"," \#(docpath) "]}"#
        #expect(try await api.post(Self.path, body).status == 200)
        let documents = try await documents(api)
        #expect(documents.map { $0["docpath"] } == [.string(docpath)])
        #expect(documents[0]["docId"] != first[0]["docId"])
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":1}"#)
        let hits = try await api.post("/v1/workspace/ops/vector-search", #"{"query":"delivery","scoreThreshold":0}"#)
        #expect(try hits.json()["results"]?.arrayValue?.count == 1)
    }

    @Test(
        "what is no document is skipped silently",
        arguments: ["..", "custom-documents", "custom-documents/none.json", "none/x.json", "/custom-documents/x.json"])
    func skipped(path: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.document("supply", "Delivery is due in June.")
        let answer = try await api.post(Self.path, #"{"adds":["\#(path)"]}"#)
        #expect(answer.status == 200)
        #expect(try answer.json()["workspace"]?["documents"] == [])
    }

    @Test("an absolute path of an existing document is skipped, and deleting compares exactly")
    func exact() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.")
        _ = try await api.post(Self.path, #"{"adds":["/\#(docpath)"]}"#)
        #expect(try await documents(api).isEmpty)
        _ = try await api.post(Self.path, #"{"adds":["\#(docpath)"]}"#)
        _ = try await api.post(Self.path, #"{"deletes":["./\#(docpath)"]}"#)
        #expect(try await documents(api).count == 1)
        _ = try await api.post(Self.path, #"{"deletes":["\#(docpath)"]}"#)
        #expect(try await documents(api).isEmpty)
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":0}"#)
    }

    @Test("a path in both lists is removed and added again")
    func both() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let before = try await documents(api)[0]["docId"]
        let answer = try await api.post(Self.path, #"{"adds":["\#(docpath)"],"deletes":["\#(docpath)"]}"#)
        #expect(answer.status == 200)
        #expect(try await documents(api).count == 1)
        #expect(try await documents(api)[0]["docId"] != before)
    }

    @Test("a failing embedder and white space alone leave nothing behind, and others go on")
    func failures() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let bad = try await api.document("bad", "EMBEDFAIL")
        let blank = try await api.document("blank", " \n\t ")
        let good = try await api.document("good", "Delivery is due in June.")
        let answer = try await api.post(Self.path, #"{"adds":["\#(bad)","\#(blank)","\#(good)"]}"#)
        #expect(answer.status == 200)
        #expect(try await documents(api).map { $0["docpath"] } == [.string(good)])
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":1}"#)
    }
}
