import HTTPTypes
import Testing

@Suite("DELETE /v1/workspace/:slug/chats")
struct RemoveWorkspaceChatsTests {
    private static let path = "/v1/workspace/ops/chats"

    /// `old` and `new` without a session at 4 and 5 March 2026, `in session` in `s`, `in thread` in `t1`.
    private func conversations() async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        try api.storeExchange(prompt: "old", response: #"{"text":"a"}"#, createdAt: 1_772_582_400_000)
        try api.storeExchange(prompt: "new", response: #"{"text":"a"}"#, createdAt: 1_772_668_800_000)
        _ = try await api.post("/v1/workspace/ops/chat", #"{"message":"in session","sessionId":"s"}"#)
        _ = try await api.post("/v1/workspace/ops/thread/t1/chat", #"{"message":"in thread"}"#)
        return api
    }

    private func prompts(_ api: APIFixture) async throws -> [String] {
        var prompts: [String] = []
        for path in ["chats", "chats?apiSessionId=s", "thread/t1/chats"] {
            let contents = try await api.contents("/v1/workspace/ops/" + path)
            prompts += stride(from: 0, to: contents.count, by: 2).map { contents[$0] }
        }
        return prompts
    }

    /// Query, how many rows go, and what is left. The two that are chatted were made on 4 March at 11:00.
    static let choices: [(String, Int, [String])] = [
        ("apiSessionId=s", 1, ["old", "new", "in thread"]),
        ("apiSessionId=S", 0, ["old", "new", "in session", "in thread"]),
        ("before=2026-03-05", 2, ["new", "in thread"]),
        ("before=2026-03-04", 0, ["old", "new", "in session", "in thread"]),
        ("before=2026-03-04T00:00:00.001Z", 1, ["new", "in session", "in thread"]),
        ("since=2026-03-05", 1, ["old", "in session", "in thread"]),
        ("since=2026-03-05T01:00:00%2B01:00", 1, ["old", "in session", "in thread"]),
        ("since=2026-03-04&before=2026-03-05T00:00:00Z", 2, ["new", "in thread"]),
        ("apiSessionId=s&before=2026-03-04", 0, ["old", "new", "in session", "in thread"]),
        ("since=1970-01-01", 3, ["in thread"]),
    ]

    @Test("session and dates choose together; threads keep theirs", arguments: choices)
    func choose(query: String, deleted: Int, left: [String]) async throws {
        let api = try await conversations()
        let answer = try await api.send(.delete, Self.path + "?" + query)
        #expect(answer.status == 200)
        #expect(answer.body == #"{"deleted":\#(deleted)}"#)
        #expect(try await prompts(api) == left)
        let event = #"api_workspace_chats_deleted {"workspaceName":"Ops","chats":\#(deleted)}"#
        #expect(try api.eventRows().contains(event) == (deleted > 0))
    }

    @Test("hidden rows go too, and other workspaces keep theirs")
    func hidden() async throws {
        let api = try await conversations()
        try await api.workspace("Lab")
        _ = try await api.post("/v1/workspace/lab/chat", #"{"message":"other","sessionId":"s"}"#)
        _ = try await api.post("/v1/workspace/ops/chat", #"{"reset":true,"sessionId":"s"}"#)
        #expect(try await api.send(.delete, Self.path + "?apiSessionId=s").body == #"{"deleted":1}"#)
        #expect(try await api.contents("/v1/workspace/lab/chats?apiSessionId=s").first == "other")
    }

    static let refusals: [APICase] =
        [
            "", "?", "?session=s", "?apiSessionId=", "?before=", "?before=yesterday", "?before=1", "?since=2026-3-4",
            "?since=2026-13-40", "?before=2026-02-30", "?since=1772582400000", "?before=2026-03-04T10:00:00+01:00",
        ].map {
            APICase(
                name: $0, method: .delete, path: path + $0, status: 400, containing: [#"{"message":""#])
        } + [
            APICase(
                name: "unknown workspace", method: .delete, path: "/v1/workspace/none/chats?apiSessionId=s",
                status: 404,
                exactly: #"{"message":"Workspace not found"}"#)
        ]

    @Test("what is not said clearly deletes nothing", arguments: refusals)
    func refuse(refusal: APICase) async throws {
        let api = try await conversations()
        try await refusal.check(api)
        #expect(try await prompts(api).count == 4)
    }
}
