import OrderedJSON
import Testing

@Suite("GET /v1/workspace/:slug/threads")
struct ListThreadsTests {
    @Test("the threads of that workspace as full rows, oldest first")
    func list() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.workspace("Lab")
        #expect(try await api.get("/v1/workspace/ops/threads").body == #"{"threads":[]}"#)
        var rows: [JSONValue] = []
        for (workspace, slug) in [("ops", "b"), ("lab", "x"), ("ops", "a")] {
            let made = try await api.post("/v1/workspace/\(workspace)/thread/new", #"{"slug":"\#(slug)"}"#).json()
            if workspace == "ops" { rows.append(try #require(made["thread"])) }
        }
        #expect(try await api.get("/v1/workspace/ops/threads").json()["threads"] == .array(rows))
    }

    @Test("an unknown workspace is a 404")
    func unknown() async throws {
        let answer = try await APIFixture().get("/v1/workspace/none/threads")
        #expect(answer.status == 404)
        #expect(answer.body == #"{"message":"Workspace not found"}"#)
    }
}
