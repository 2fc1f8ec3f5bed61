import HTTPTypes
import OrderedJSON
import Testing

@Suite("GET /v1/workspace/:slug/thread/:threadSlug/chats")
struct ThreadChatsTests {
    static let refusals: [APICase] = [
        APICase(
            name: "unknown workspace", method: .get, path: "/v1/workspace/none/thread/t1/chats", status: 404,
            exactly: #"{"message":"Workspace not found"}"#),
        APICase(
            name: "unknown thread", method: .get, path: "/v1/workspace/ops/thread/none/chats", status: 404,
            exactly: #"{"message":"Thread not found"}"#),
        APICase(
            name: "no exchange", method: .get, path: "/v1/workspace/ops/thread/t1/chats", status: 200,
            exactly: #"{"history":[]}"#),
    ]

    @Test("what does not exist is a 404", arguments: refusals)
    func refuse(refusal: APICase) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        try await refusal.check(api)
    }

    @Test("all shown rows come oldest first; no parameter is read")
    func all() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        let path = "/v1/workspace/ops/thread/t1"
        for number in 1...3 { _ = try await api.post(path + "/chat", #"{"message":"m\#(number)"}"#) }
        _ = try await api.post(path + "/stream-chat", #"{"message":"refused","mode":"query"}"#)
        let history = try await api.get(path + "/chats?limit=1&orderBy=desc&apiSessionId=s").json()["history"]
        let prompts = history?.arrayValue?.filter { $0["role"] == "user" }.map { $0["content"] }
        #expect(prompts == ["m1", "m2", "m3"])
    }
}
