import OrderedJSON
import Testing

@Suite("GET /v1/workspaces")
struct ListWorkspacesTests {
    @Test("no workspace is an empty list")
    func empty() async throws {
        let answer = try await APIFixture().get("/v1/workspaces")
        #expect(answer.status == 200)
        #expect(answer.contentType == "application/json; charset=utf-8")
        #expect(answer.body == #"{"workspaces":[]}"#)
    }

    @Test("workspaces come in id order with their own threads, names included")
    func threads() async throws {
        let api = try APIFixture()
        for name in ["Zeta", "Alpha"] { try await api.workspace(name) }
        _ = try await api.post("/v1/workspace/zeta/thread/new", #"{"name":"First","slug":"one"}"#)
        _ = try await api.post("/v1/workspace/zeta/thread/new", #"{"slug":"two"}"#)
        let list = try #require(try await api.get("/v1/workspaces").json()["workspaces"]?.arrayValue)
        #expect(list.map { $0["slug"]?.stringValue } == ["zeta", "alpha"])
        #expect(list[0].objectValue?.keys.suffix(2) == ["router_id", "threads"])
        #expect(
            list[0]["threads"]?.text
                == #"[{"user_id":null,"slug":"one","name":"First"},{"user_id":null,"slug":"two","name":"Thread"}]"#)
        #expect(list[1]["threads"] == [])
        #expect(
            try api.events() == [
                "api_workspace_created", "api_workspace_created", "api_workspace_thread_created",
                "api_workspace_thread_created",
            ])
    }
}
