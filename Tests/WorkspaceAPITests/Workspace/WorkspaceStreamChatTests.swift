import HTTPTypes
import OrderedJSON
import Testing

@Suite("POST /v1/workspace/:slug/stream-chat")
struct WorkspaceStreamChatTests {
    @Test("an answer is chunks, the last chunk, and the final event with sources")
    func sequence() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.document("supply", "Delivery is due in June. Payment is due in July.", workspaces: "ops")
        let answer = try await api.post("/v1/workspace/ops/stream-chat", #"{"message":"When is delivery due?"}"#)
        #expect(answer.status == 200)
        #expect(answer.contentType == "text/event-stream")
        #expect(answer.headers[.cacheControl] == "no-cache")
        #expect(answer.headers[.accessControlAllowOrigin] == "*")
        let events = try answer.events()
        let types = events.map { $0["type"]?.stringValue ?? "" }
        #expect(types.dropLast().allSatisfy { $0 == "textResponseChunk" })
        #expect(types.last == "finalizeResponseStream")
        let last = try #require(events.dropLast().last)
        #expect(last.objectValue?.keys == ["uuid", "sources", "type", "textResponse", "close", "error"])
        #expect(last["close"] == true)
        #expect(last["textResponse"] == "")
        let final = try #require(events.last)
        #expect(final.objectValue?.keys == ["uuid", "type", "close", "error", "chatId", "metrics", "sources"])
        #expect(final["error"] == false)
        #expect(final["sources"]?[0]?["title"] == "supply.txt")
        #expect(Set(events.compactMap { $0["uuid"]?.stringValue }).count == 1)
        let text = events.compactMap { $0["textResponse"]?.stringValue }.joined()
        #expect(text.contains("Delivery is due in June."))
        #expect(
            final["metrics"]?.objectValue?.keys == [
                "completion_tokens", "prompt_tokens", "total_tokens", "outputTps", "duration", "model", "provider",
                "timestamp",
            ])
        let history = try await api.get("/v1/workspace/ops/chats").json()["history"]
        #expect(history?[1]?["content"] == .string(text))
        #expect(history?[1]?["chatId"] == final["chatId"])
        #expect(try api.events().last == "api_sent_chat")
    }

    @Test("query mode without documents refuses in one event and hides the row")
    func refusal() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops", #""queryRefusalResponse":"Not here.""#)
        let answer = try await api.post(
            "/v1/workspace/ops/stream-chat", #"{"message":"Hi","mode":"query","sessionId":"s"}"#)
        let event = try #require(try answer.events().first)
        #expect(try answer.events().count == 1)
        #expect(
            event.objectValue?.keys == [
                "id", "type", "textResponse", "sources", "attachments", "close", "error", "metrics",
            ])
        #expect(event["textResponse"] == "Not here.")
        #expect(event["error"] == .null)
        #expect(try await api.get("/v1/workspace/ops/chats").body == #"{"history":[]}"#)
        let session = try await api.get("/v1/workspace/ops/chats?apiSessionId=s").json()["history"]
        #expect(session?.arrayValue?.count == 2)
    }

    static let refusals: [APICase] = [
        APICase(
            name: "unknown workspace", path: "/v1/workspace/none/stream-chat", body: #"{"message":"Hi"}"#, status: 400,
            containing: [#""error":"Workspace none is not a valid workspace.""#, #""type":"abort""#]),
        APICase(
            name: "empty message", path: "/v1/workspace/ops/stream-chat", body: "{}", status: 400,
            containing: [#""error":"Message is empty""#]),
        APICase(
            name: "message that is no text", path: "/v1/workspace/ops/stream-chat", body: #"{"message":["a"]}"#,
            status: 400, containing: [#""error":"Message is empty""#]),
        APICase(
            name: "unknown mode", path: "/v1/workspace/ops/stream-chat", body: #"{"message":"Hi","mode":""}"#,
            status: 400,
            containing: [#""error":" is not a valid mode.""#]),
        APICase(
            name: "malformed JSON", path: "/v1/workspace/ops/stream-chat", body: #"{"message":"#, status: 400,
            containing: [#""type":"abort""#]),
    ]

    @Test("what cannot be answered is a plain JSON refusal", arguments: refusals)
    func checkRefusals(refusal: APICase) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await refusal.check(api)
    }

    @Test("a reset without a message confirms in one event")
    func reset() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        _ = try await api.post("/v1/workspace/ops/chat", #"{"message":"Hi"}"#)
        let events = try await api.post("/v1/workspace/ops/stream-chat", #"{"reset":true}"#).events()
        #expect(events.count == 1)
        #expect(events.first?["textResponse"] == "Chat history was reset!")
        #expect(try await api.get("/v1/workspace/ops/chats").body == #"{"history":[]}"#)
    }
}
