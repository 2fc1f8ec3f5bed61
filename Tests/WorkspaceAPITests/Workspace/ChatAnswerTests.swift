import OrderedJSON
import TestSupport
import Testing

@Suite("Answers of a provider, in one piece")
struct ChatAnswerTests {
    private static let path = "/v1/workspace/ops/chat"

    @Test("metrics are the provider's, with duration before the rate for generic-openai")
    func metrics() async throws {
        let provider = try ScriptedProvider(.completion("June."))
        defer { provider.server.stop() }
        try await provider.api.workspace("Ops")
        let json = try await provider.api.post(Self.path, #"{"message":"When?"}"#).json()
        #expect(json["textResponse"] == "June.")
        let metrics = try #require(json["metrics"]?.objectValue)
        #expect(
            metrics.keys == [
                "prompt_tokens", "completion_tokens", "total_tokens", "duration", "outputTps", "model", "provider",
                "timestamp",
            ])
        #expect(metrics["prompt_tokens"] == 80)
        #expect(metrics["completion_tokens"] == 9)
        #expect(metrics["total_tokens"] == 89)
        #expect(metrics["model"] == "mock-model")
        #expect(metrics["provider"] == "GenericOpenAiLLM")
    }

    /// Answer of the provider and our error text (contract/chat.md 14).
    static let failures: [(String, [ScriptedHTTPServerStep], String)] = [
        (
            "status 500", .answer(status: 500, body: #"{"error":{"message":"mock upstream failure"}}"#),
            "500 mock upstream failure"
        ),
        ("status 401", .answer(status: 401, body: #"{"error":{"message":"bad key"}}"#), "401 bad key"),
        ("status 429", .answer(status: 429, body: #"{"error":{"message":"slow down"}}"#), "429 slow down"),
        (
            "no JSON", .answer(status: 502, type: "text/html", body: "<html>bad gateway</html>"),
            "502 <html>bad gateway</html>"
        ),
    ]

    @Test("a refusal of the provider is a 500 with its text, tried once, and nothing is stored", arguments: failures)
    func failure(name: String, steps: [ScriptedHTTPServerStep], message: String) async throws {
        let provider = try ScriptedProvider(steps)
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops")
        let answer = try await api.post(Self.path, #"{"message":"When?"}"#)
        #expect(answer.status == 500)
        #expect(try answer.json().objectValue?.keys == ["id", "type", "textResponse", "sources", "close", "error"])
        #expect(try answer.json()["error"] == .string(message))
        #expect(provider.server.requests.count == 1)
        #expect(try await api.get("/v1/workspace/ops/chats").body == #"{"history":[]}"#)
        #expect(try api.events() == ["api_workspace_created"])
        #expect(try api.telemetry()["sent_chat"] == nil)
    }

    @Test("an answer that breaks off is a 500, and nothing is stored (CQ-21)")
    func cut() async throws {
        let provider = try ScriptedProvider([
            .send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"choices\":"),
            .close,
        ])
        defer { provider.server.stop() }
        try await provider.api.workspace("Ops")
        let answer = try await provider.api.post(Self.path, #"{"message":"When?"}"#)
        #expect(answer.status == 500)
        #expect(try answer.json()["type"] == "abort")
        #expect(try answer.json()["error"]?.stringValue?.isEmpty == false)
        #expect(try await provider.api.get("/v1/workspace/ops/chats").body == #"{"history":[]}"#)
    }

    @Test(
        "no text is an abort with metrics and 200, and nothing is stored (CQ-5)",
        arguments: [
            #"{"choices":[]}"#, #"{"choices":[{"message":{"content":""}}]}"#,
            #"{"choices":[{"message":{"content":null}}]}"#,
        ])
    func empty(body: String) async throws {
        let provider = try ScriptedProvider(.answer(body: body))
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops")
        let answer = try await api.post(Self.path, #"{"message":"When?"}"#)
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(
            json.objectValue?.keys == ["id", "type", "textResponse", "sources", "close", "error", "metrics"])
        #expect(json["type"] == "abort")
        #expect(json["error"] == "No text completion could be completed with this input.")
        #expect(json["metrics"]?["model"] == "mock-model")
        #expect(try await api.get("/v1/workspace/ops/chats").body == #"{"history":[]}"#)
        #expect(try api.events().last == "api_sent_chat")
    }

    @Test("reasoning is put before the answer and stored with it")
    func reasoning() async throws {
        let provider = try ScriptedProvider(
            .answer(body: #"{"choices":[{"message":{"content":"June.","reasoning_content":"hm"}}]}"#))
        defer { provider.server.stop() }
        try await provider.api.workspace("Ops")
        let json = try await provider.api.post(Self.path, #"{"message":"When?"}"#).json()
        #expect(json["textResponse"] == "<think>hm</think>June.")
        #expect(try await provider.api.contents("/v1/workspace/ops/chats") == ["When?", "<think>hm</think>June."])
    }
}
