import TestSupport
import Testing

@Suite("Reset of a conversation")
struct ChatResetTests {
    /// One exchange without a session, one in session `s`, one in thread `t1` and one in `t2`, each saying where it is.
    private func conversations() async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops")
        for slug in ["t1", "t2"] { _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"\#(slug)"}"#) }
        _ = try await api.post("/v1/workspace/ops/chat", #"{"message":"plain"}"#)
        _ = try await api.post("/v1/workspace/ops/chat", #"{"message":"session","sessionId":"s"}"#)
        for slug in ["t1", "t2"] {
            _ = try await api.post("/v1/workspace/ops/thread/\(slug)/chat", #"{"message":"\#(slug)"}"#)
        }
        return api
    }

    /// Path, body and what is still listed: without session, in `t1`, in `t2` (CQ-1: threads stay apart).
    static let resets: [(String, String, [Int])] = [
        ("/v1/workspace/ops/chat", #"{"reset":true}"#, [0, 2, 2]),
        ("/v1/workspace/ops/stream-chat", #"{"reset":true}"#, [0, 2, 2]),
        ("/v1/workspace/ops/chat", #"{"reset":true,"sessionId":"s"}"#, [2, 2, 2]),
        ("/v1/workspace/ops/chat", #"{"reset":true,"sessionId":"other"}"#, [2, 2, 2]),
        ("/v1/workspace/ops/thread/t1/chat", #"{"reset":true}"#, [2, 0, 2]),
        ("/v1/workspace/ops/thread/t1/chat", #"{"reset":true,"sessionId":"s"}"#, [2, 0, 2]),
        ("/v1/workspace/ops/thread/t2/stream-chat", #"{"reset":"1"}"#, [2, 2, 0]),
        ("/v1/workspace/ops/chat", #"{"reset":true,"message":"again"}"#, [2, 2, 2]),
        ("/v1/workspace/ops/chat", #"{"reset":"false","message":"again"}"#, [4, 2, 2]),
        ("/v1/workspace/ops/chat", #"{"reset":false,"message":"again"}"#, [4, 2, 2]),
    ]

    @Test("hides exactly its own rows", arguments: resets)
    func reset(path: String, body: String, listed: [Int]) async throws {
        let api = try await conversations()
        #expect(try await api.post(path, body).status == 200)
        let paths = ["chats", "thread/t1/chats", "thread/t2/chats"].map { "/v1/workspace/ops/" + $0 }
        for (path, count) in zip(paths, listed) { #expect(try await api.contents(path).count == count, "\(path)") }
        #expect(try await api.contents("/v1/workspace/ops/chats?apiSessionId=s").count == 2)
        #expect(try api.events().last == "api_sent_chat")
    }

    @Test("a message that comes with a reset is answered without the history")
    func message() async throws {
        let provider = try ScriptedProvider(.completion("ok"))
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops")
        _ = try await api.post("/v1/workspace/ops/chat", #"{"message":"old"}"#)
        _ = try await api.post("/v1/workspace/ops/chat", #"{"message":"new","reset":true}"#)
        #expect(try provider.lastPrompt.dropFirst() == ["user: new"])
        #expect(try await api.contents("/v1/workspace/ops/chats") == ["new", "ok"])
    }
}
