import HTTPTypes
import OrderedJSON
import Testing

@Suite("DELETE /v1/workspace/:slug")
struct RemoveWorkspaceTests {
    @Test("an unknown slug is a plain 400")
    func unknown() async throws {
        let answer = try await APIFixture().send(.delete, "/v1/workspace/none")
        #expect(answer.status == 400)
        #expect(answer.contentType == "text/plain; charset=utf-8")
        #expect(answer.body == "Bad Request")
    }

    @Test("protection comes before the look-up, whatever the variable's value", arguments: ["", "false", "1"])
    func protected(value: String) async throws {
        let api = try APIFixture(settings: ["WORKSPACE_DELETION_PROTECTION": value])
        try await api.workspace("Ops")
        for slug in ["ops", "none"] {
            let answer = try await api.send(.delete, "/v1/workspace/" + slug)
            #expect(answer.status == 403)
            #expect(
                answer.body
                    == #"{"success":false,"error":"Workspace deletion is blocked by the system administrator."}"#)
        }
        #expect(try await api.get("/v1/workspace/ops").body != #"{"workspace":[]}"#)
    }

    @Test("everything of the workspace goes; documents and their embeddings stay")
    func cascade() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.workspace("Other")
        let docpath = try await api.document("supply", "Delivery is due in June.", workspaces: "ops,other")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        for path in ["/v1/workspace/ops/chat", "/v1/workspace/ops/thread/t1/chat"] {
            #expect(try await api.post(path, #"{"message":"When is delivery due?"}"#).status == 200)
        }
        let answer = try await api.send(.delete, "/v1/workspace/ops")
        #expect(answer.status == 200)
        #expect(answer.body == "OK")
        #expect(answer.contentType == "text/plain; charset=utf-8")
        #expect(try api.eventRows().last == #"api_workspace_deleted {"workspaceName":"Ops"}"#)
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":1}"#)
        let item = try await api.get("/v1/document/" + docpath.dropFirst("custom-documents/".count)).json()
        #expect(item["document"]?["cached"] == true)
        #expect(try await api.send(.delete, "/v1/workspace/ops").status == 400)

        // The slug is free again, and nothing of its former owner comes back.
        #expect(try await api.workspace("Ops") == "ops")
        #expect(try await api.get("/v1/workspace/ops/chats").body == #"{"history":[]}"#)
        #expect(try await api.get("/v1/workspace/ops").json()["workspace"]?[0]?["documents"] == [])
        #expect(
            try await api.post("/v1/workspace/ops/vector-search", #"{"query":"delivery"}"#).json()["message"]
                == "No embeddings found for this workspace.")
        #expect(try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#).status == 200)
    }
}
