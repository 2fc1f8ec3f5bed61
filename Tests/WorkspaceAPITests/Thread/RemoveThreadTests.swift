import HTTPTypes
import Testing

@Suite("DELETE /v1/workspace/:slug/thread/:threadSlug")
struct RemoveThreadTests {
    static let answers: [APICase] = [
        APICase(
            name: "unknown workspace", method: .delete, path: "/v1/workspace/none/thread/t1", status: 400,
            exactly: "Bad Request"),
        APICase(
            name: "unknown thread (TQ-9)", method: .delete, path: "/v1/workspace/ops/thread/none", status: 200,
            exactly: "OK"),
        APICase(
            name: "thread of another workspace", method: .delete, path: "/v1/workspace/other/thread/t1", status: 200,
            exactly: "OK"),
    ]

    @Test("what is not there is left alone", arguments: answers)
    func unknown(answer: APICase) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.workspace("Other")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        try await answer.check(api)
        #expect(try await api.get("/v1/workspace/ops/thread/t1/chats").status == 200)
    }

    @Test("a thread goes with its chats, protection or not, also one called new", arguments: ["t1", "new", "chat"])
    func remove(slug: String) async throws {
        let api = try APIFixture(settings: ["WORKSPACE_DELETION_PROTECTION": "1"])
        try await api.workspace("Ops")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"\#(slug)"}"#)
        let path = "/v1/workspace/ops/thread/" + slug
        #expect(try await api.post(path + "/chat", #"{"message":"hi"}"#).status == 200)
        #expect(try await api.contents(path + "/chats").count == 2)
        let before = try api.events()
        let answer = try await api.send(.delete, path)
        #expect(answer.status == 200)
        #expect(answer.contentType == "text/plain; charset=utf-8")
        #expect(answer.body == "OK")
        #expect(try await api.get(path + "/chats").status == 404)
        #expect(try api.events() == before)
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"\#(slug)"}"#)
        #expect(try await api.get(path + "/chats").body == #"{"history":[]}"#)
    }
}
