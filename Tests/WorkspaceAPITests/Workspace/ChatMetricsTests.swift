import OrderedJSON
import TestSupport
import Testing

@Suite("Metrics of answers")
struct ChatMetricsTests {
    private typealias Steps = [ScriptedHTTPServerStep]

    private static let lines = [
        #"{"message":{"role":"assistant","content":"In June."},"done":false}"#,
        #"{"message":{"role":"assistant","content":""},"done":true,"prompt_eval_count":80,"eval_count":9,"#
            + #""eval_duration":2000000000}"#,
    ]

    private func ollama(_ steps: [ScriptedHTTPServerStep]) async throws -> (ScriptedHTTPServer, APIFixture) {
        let server = try ScriptedHTTPServer(script: { request in
            request.path == "/api/chat" ? steps : .answer(status: 404, body: "{}")
        })
        let api = try APIFixture(settings: [
            "LLM_PROVIDER": "ollama", "OLLAMA_BASE_PATH": "http://127.0.0.1:\(server.port)", "OLLAMA_MODEL_PREF": "m",
        ])
        try await api.workspace("Ops")
        return (server, api)
    }

    @Test("a server of one's own costs nothing, and says so behind all other keys")
    func free() async throws {
        let (server, api) = try await ollama(
            .answer(type: "application/x-ndjson", body: Self.lines.joined(separator: "\n") + "\n"))
        defer { server.stop() }
        let events = try await api.post("/v1/workspace/ops/stream-chat", #"{"message":"When?"}"#).events()
        let metrics = try #require(events.last?["metrics"]?.objectValue)
        #expect(
            metrics.keys == [
                "completion_tokens", "prompt_tokens", "total_tokens", "outputTps", "duration", "model", "provider",
                "timestamp", "inputCost", "outputCost", "totalCost",
            ])
        #expect(metrics["totalCost"] == 0)
        #expect(metrics["outputTps"] == 4.5)
    }

    @Test("Ollama's stream that breaks off is told of by the last chunk of the answer")
    func broken() async throws {
        let (server, api) = try await ollama([
            .send(
                "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n"
                    + Self.lines[0] + "\n"), .close,
        ])
        defer { server.stop() }
        let events = try await api.post("/v1/workspace/ops/stream-chat", #"{"message":"When?"}"#).events()
        #expect(
            events.map { $0["type"]?.stringValue } == [
                "textResponseChunk", "textResponseChunk", "finalizeResponseStream",
            ])
        #expect(events[1].objectValue?.keys == ["uuid", "sources", "type", "textResponse", "close", "error"])
        #expect(events[1]["textResponse"] == "")
        #expect(events[1]["close"] == true)
        #expect(events[1]["error"] == "Ollama:streaming - could not stream chat. Premature close")
        #expect(events[2]["chatId"] != nil)
        #expect(try await api.contents("/v1/workspace/ops/chats") == ["When?", "In June."])
    }

    @Test("prompts with images are counted as lists of parts when upstream counts nothing")
    func images() async throws {
        let provider = try ScriptedProvider(.stream(["ok"]))
        defer { provider.server.stop() }
        try await provider.api.workspace("Ops", #""openAiPrompt":"S""#)
        let image = #"{"name":"w.png","mime":"image/png","contentString":"data:image/png;base64,iVBO"}"#
        func count(_ body: String) async throws -> Int {
            let events = try await provider.api.post("/v1/workspace/ops/stream-chat", body).events()
            return events.last?["metrics"]?["prompt_tokens"]?.integerValue ?? 0
        }
        let short = try await count(#"{"message":"a","sessionId":"1","attachments":[\#(image)]}"#)
        let long = try await count(
            #"{"message":"many more words than one","sessionId":"2","attachments":[\#(image)]}"#)
        #expect(short > 0 && short == long)
    }
}
