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

    @Test("counts that cannot be are taken for none")
    func absurd() async throws {
        let end = #"{"message":{"content":""},"done":true,"prompt_eval_count":9e18,"eval_count":9e18}"#
        let (server, api) = try await ollama(
            .answer(type: "application/x-ndjson", body: Self.lines[0] + "\n" + end + "\n"))
        defer { server.stop() }
        let events = try await api.post("/v1/workspace/ops/stream-chat", #"{"message":"When?"}"#).events()
        let total = try #require(events.last?["metrics"]?["total_tokens"]?.numberValue)
        #expect(total < 100)
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

    @Test("the wait for usage behind the end of the text is no part of the duration")
    func duration() async throws {
        let gate = ScriptedHTTPServerGate()
        let provider = try ScriptedProvider(
            .openStream([Steps.delta("a"), Steps.stop]) + [.wait(gate)] + Steps.chunk("data: [DONE]\n\n")
                + Steps.lastChunk)
        defer { provider.server.stop() }
        try await provider.api.workspace("Ops")
        let client = StreamingClient()
        let start = ContinuousClock.now
        async let answer = client.read(provider.api, "/v1/workspace/ops/stream-chat", #"{"message":"When?"}"#)
        // The piece and LAST.
        await client.events.reaches(2)
        let known = start.duration(to: .now)
        // Time goes by, more than passed between the beginning here and in the server.
        while start.duration(to: .now) < known * 2 + .milliseconds(10) { _ = try await provider.api.get("/v1/auth") }
        gate.open()
        let duration = try await answer.last?["metrics"]?["duration"]?.numberValue
        #expect(try #require(duration) <= known / .seconds(1) + 0.001, "milliseconds are rounded")
    }

    /// A provider without counts, and the tokens of the prompt and of the answer that are shown then.
    static let silentProviders: [(id: String, address: String, prompt: ClosedRange<Int>, completion: Int)] = [
        ("generic-openai", "GENERIC_OPEN_AI_BASE_PATH", 1...1000, 2), ("localai", "LOCAL_AI_BASE_PATH", 0...0, 2),
        ("ollama", "OLLAMA_BASE_PATH", 0...0, 0),
    ]

    @Test(
        "counts that the provider does not report are estimated, or 0, as the contract says", arguments: silentProviders
    )
    func uncounted(id: String, address: String, prompt: ClosedRange<Int>, completion: Int) async throws {
        let lines = ["a", "b"].map { #"{"message":{"content":"\#($0)"},"done":false}"# } + [#"{"done":true}"#]
        let server = try ScriptedHTTPServer(script: { request in
            switch request.path {
            case "/v1/chat/completions": .stream(["a", "b"])
            case "/v1/api/chat": .answer(type: "application/x-ndjson", body: lines.joined(separator: "\n"))
            default: .answer(status: 500, body: "")
            }
        })
        defer { server.stop() }
        let api = try APIFixture(settings: [
            "LLM_PROVIDER": id, address: server.base, "GENERIC_OPEN_AI_MODEL_PREF": "m",
        ])
        try await api.workspace("Ops")
        let events = try await api.post("/v1/workspace/ops/stream-chat", #"{"message":"When?"}"#).events()
        let metrics = try #require(events.last?["metrics"])
        let counted = try #require(metrics["prompt_tokens"]?.integerValue)
        #expect(prompt.contains(counted))
        #expect(metrics["completion_tokens"] == JSONValue(completion))
        #expect(metrics["total_tokens"] == JSONValue(counted + completion))
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
