import HTTPTypes
import Testing

@Suite("DELETE /v1/workspace/:slug/thread/:threadSlug/chats")
struct RemoveThreadChatsTests {
    private static let path = "/v1/workspace/ops/thread/t1/chats"

    private func conversations() async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops")
        for slug in ["t1", "t2"] {
            _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"\#(slug)"}"#)
            _ = try await api.post("/v1/workspace/ops/thread/\(slug)/chat", #"{"message":"in \#(slug)"}"#)
        }
        _ = try await api.post("/v1/workspace/ops/chat", #"{"message":"outside"}"#)
        return api
    }

    @Test("the rows of that thread go, nothing else, and the thread stays")
    func delete() async throws {
        let api = try await conversations()
        #expect(try await api.send(.delete, Self.path + "?before=2026-03-01").body == #"{"deleted":0}"#)
        #expect(try await api.send(.delete, Self.path + "?since=2026-03-01").body == #"{"deleted":1}"#)
        #expect(try await api.get(Self.path).body == #"{"history":[]}"#)
        #expect(try await api.contents("/v1/workspace/ops/thread/t2/chats").first == "in t2")
        #expect(try await api.contents("/v1/workspace/ops/chats").first == "outside")
        #expect(try await api.get("/v1/workspace/ops/thread/t1").status == 200)
    }

    static let refusals: [APICase] = [
        APICase(
            name: "unknown workspace", method: .delete, path: "/v1/workspace/none/thread/t1/chats?before=2026-03-01",
            status: 404, exactly: #"{"message":"Workspace not found"}"#),
        APICase(
            name: "unknown thread", method: .delete, path: "/v1/workspace/ops/thread/none/chats?before=2026-03-01",
            status: 404, exactly: #"{"message":"Thread not found"}"#),
        APICase(
            name: "nothing said", method: .delete, path: path, status: 400,
            exactly: #"{"message":"Say which chats to delete: before or since."}"#),
        APICase(
            name: "sessions are not for threads", method: .delete, path: path + "?apiSessionId=s", status: 400,
            exactly: #"{"message":"Say which chats to delete: before or since."}"#),
        APICase(
            name: "no date", method: .delete, path: path + "?before=soon", status: 400,
            containing: [#"{"message":"before must be a date"#]),
    ]

    @Test("what is not said clearly deletes nothing", arguments: refusals)
    func refuse(refusal: APICase) async throws {
        let api = try await conversations()
        try await refusal.check(api)
        #expect(try await api.contents(Self.path).count == 2)
    }
}
