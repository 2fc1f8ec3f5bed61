import OrderedJSON
import Testing

@Suite("POST /v1/workspace/:slug/chat")
struct WorkspaceChatTests {
    private static let path = "/v1/workspace/ops/chat"
    private static let standardRefusal = "There is no relevant information in this workspace to answer your query."

    @Test("an answer has the documented keys, sources and metrics, and is stored as it was given")
    func answer() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let answer = try await api.post(Self.path, #"{"message":"When is delivery due?"}"#)
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(
            json.objectValue?.keys == [
                "id", "type", "close", "error", "chatId", "textResponse", "sources", "metrics",
            ])
        #expect(json["type"] == "textResponse")
        #expect(json["close"] == true)
        #expect(json["error"] == .null)
        #expect(json["textResponse"]?.stringValue?.contains("Delivery is due in June.") == true)
        #expect(
            json["sources"]?[0]?.objectValue?.keys == [
                "id", "url", "title", "docAuthor", "description", "docSource", "chunkSource", "published", "wordCount",
                "token_count_estimate", "text", "_distance", "score",
            ])
        #expect(
            json["metrics"]?.objectValue?.keys == [
                "prompt_tokens", "completion_tokens", "total_tokens", "outputTps", "duration", "model", "provider",
                "timestamp",
            ])
        let item = try #require(try await api.get("/v1/workspace/ops/chats").json()["history"]?[1])
        #expect(item["content"] == json["textResponse"])
        #expect(item["sources"] == json["sources"])
        #expect(item["metrics"] == json["metrics"])
        #expect(item["chatId"] == json["chatId"])
        #expect(
            try api.eventRows().last == #"api_sent_chat {"workspaceName":"Ops","chatModel":"System Default"}"#)
        #expect(try api.telemetry()["sent_chat"] == 1)
    }

    @Test("the event names the workspace's model, and telemetry rests for half an hour")
    func events() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops", #""chatModel":"my-model""#)
        for _ in 1...3 { _ = try await api.post(Self.path, #"{"message":"a"}"#) }
        #expect(
            try api.eventRows().suffix(3)
                == Array(repeating: #"api_sent_chat {"workspaceName":"Ops","chatModel":"my-model"}"#, count: 3))
        #expect(try api.telemetry()["sent_chat"] == 1)
    }

    @Test("query mode refuses early without vectors and late without context; the rows are hidden")
    func refusals() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops", #""chatMode":"query","similarityThreshold":1"#)
        let body = #"{"message":"zebra","sessionId":"s"}"#
        let early = try await api.post(Self.path, body)
        try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let late = try await api.post(Self.path, body)
        for answer in [early, late] {
            #expect(answer.status == 200)
            let json = try answer.json()
            #expect(
                json.objectValue?.keys == ["id", "type", "sources", "close", "error", "textResponse", "metrics"])
            #expect(json["textResponse"] == .string(Self.standardRefusal))
            #expect(json["metrics"] == [:])
        }
        #expect(try await api.get("/v1/workspace/ops/chats").body == #"{"history":[]}"#)
        let stored = try await api.get("/v1/workspace/ops/chats?apiSessionId=s").json()["history"]?.arrayValue ?? []
        #expect(stored.count == 4)
        for item in stored where item["role"] == "assistant" {
            #expect(item["type"] == "query")
            #expect(item["content"] == .string(Self.standardRefusal))
            #expect(item["sources"] == [])
            #expect(item["metrics"] == [:])
        }
        #expect(try api.events().suffix(1) == ["api_sent_chat"])
    }

    @Test("the late refusal of a stream has no attachments key")
    func lateStream() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops", #""similarityThreshold":1,"queryRefusalResponse":"No.""#)
        try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let events = try await api.post(
            "/v1/workspace/ops/stream-chat", #"{"message":"zebra","mode":"query","sessionId":"s"}"#
        ).events()
        #expect(events.count == 1)
        #expect(
            events[0].objectValue?.keys == ["id", "type", "textResponse", "sources", "close", "error", "metrics"])
        #expect(events[0]["textResponse"] == "No.")
        #expect(try await api.contents("/v1/workspace/ops/chats?apiSessionId=s") == ["zebra", "No."])
    }

    @Test("a refusal stores images and no document attachments (CQ-16)")
    func refusalAttachments() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops", #""chatMode":"query""#)
        let attachments = #"""
            [{"name":"a.txt","mime":"application/anythingllm-document","contentString":"data:text/plain;base64,YQ=="},
            {"name":"w.png","mime":"image/png","contentString":"data:image/png;base64,iVBO"},null,{"name":"x"},5]
            """#
        _ = try await api.post(Self.path, #"{"message":"hi","sessionId":"s","attachments":\#(attachments)}"#)
        let item = try await api.get("/v1/workspace/ops/chats?apiSessionId=s").json()["history"]?[0]
        #expect(
            item?["attachments"]?.text
                == #"[{"name":"w.png","mime":"image/png","contentString":"data:image/png;base64,iVBO"}]"#)
    }

    @Test("a provider that cannot be built is a 500 before any refusal, and nothing is stored")
    func notConfigured() async throws {
        let api = try APIFixture(settings: ["LLM_PROVIDER": "nobody"])
        try await api.workspace("Ops", #""chatMode":"query""#)
        let message = "ENV: No valid LLM_PROVIDER value found in environment! Using nobody"
        let answer = try await api.post(Self.path, #"{"message":"hi","sessionId":"s"}"#)
        #expect(answer.status == 500)
        let json = try answer.json()
        #expect(json.objectValue?.keys == ["id", "type", "textResponse", "sources", "close", "error"])
        #expect(json["error"] == .string(message))
        let events = try await api.post("/v1/workspace/ops/stream-chat", #"{"message":"hi","sessionId":"s"}"#).events()
        #expect(events.count == 1)
        #expect(events[0].objectValue?.keys == ["id", "type", "textResponse", "sources", "close", "error"])
        #expect(events[0]["error"] == .string(message))
        #expect(try await api.get("/v1/workspace/ops/chats?apiSessionId=s").body == #"{"history":[]}"#)
        #expect(try api.events() == ["api_workspace_created"])
    }

    @Test("a failing embedder is a 500, or an abort event, and nothing is stored or logged")
    func embedder() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.document("supply", "Delivery is due in June.", workspaces: "ops")
        let before = try api.events()
        let answer = try await api.post(Self.path, #"{"message":"EMBEDFAIL"}"#)
        #expect(answer.status == 500)
        #expect(try answer.json()["error"] == "Failed to embed: 500 mock failure")
        let events = try await api.post("/v1/workspace/ops/stream-chat", #"{"message":"EMBEDFAIL"}"#).events()
        #expect(events.map { $0["error"] } == ["Failed to embed: 500 mock failure"])
        #expect(events[0]["type"] == "abort")
        #expect(try api.events() == before)
        #expect(try await api.get("/v1/workspace/ops/chats").body == #"{"history":[]}"#)
    }
}
