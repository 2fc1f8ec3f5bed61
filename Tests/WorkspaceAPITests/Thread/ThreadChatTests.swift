import OrderedJSON
import TestSupport
import Testing

@Suite("POST /v1/workspace/:slug/thread/:threadSlug/chat")
struct ThreadChatTests {
    @Test("threads, the workspace and its sessions do not see each other")
    func isolation() async throws {
        let provider = try ScriptedProvider(.completion("ok"))
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops")
        for slug in ["t1", "t2"] { _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"\#(slug)"}"#) }
        let places = ["thread/t1/", "thread/t2/", ""].map { "/v1/workspace/ops/" + $0 }
        for path in places {
            _ = try await api.post(path + "chat", #"{"message":"first of \#(path)"}"#)
            #expect(try provider.lastPrompt.count == 2)
        }
        for path in places {
            _ = try await api.post(path + "chat", #"{"message":"second"}"#)
            #expect(try provider.lastPrompt.dropFirst() == ["user: first of \(path)", "assistant: ok", "user: second"])
            #expect(try await api.contents(path + "chats") == ["first of \(path)", "ok", "second", "ok"])
        }
    }

    @Test("a session is ignored, a user that does not exist too, and the event names the thread")
    func fields() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops", #""chatProvider":"extractive","chatModel":"m""#)
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1","name":"First"}"#)
        let path = "/v1/workspace/ops/thread/t1/chat"
        let answer = try await api.post(path, #"{"message":"hi","sessionId":"s","userId":9}"#)
        #expect(answer.status == 200)
        #expect(try await api.contents("/v1/workspace/ops/thread/t1/chats").count == 2)
        #expect(try await api.contents("/v1/workspace/ops/chats?apiSessionId=s").isEmpty)
        #expect(
            try api.eventRows().last
                == #"api_sent_chat {"workspaceName":"Ops","chatModel":"m","threadName":"First"}"#)
        // The thread keeps its name: only the web UI renames it after the first message.
        #expect(try await api.get("/v1/workspaces").json()["workspaces"]?[0]?["threads"]?[0]?["name"] == "First")
    }

    @Test("a refusal is hidden from the thread")
    func refusal() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops", #""chatMode":"query","queryRefusalResponse":"No.""#)
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        let answer = try await api.post("/v1/workspace/ops/thread/t1/chat", #"{"message":"hi"}"#)
        #expect(try answer.json()["textResponse"] == "No.")
        #expect(try await api.get("/v1/workspace/ops/thread/t1/chats").body == #"{"history":[]}"#)
    }
}
