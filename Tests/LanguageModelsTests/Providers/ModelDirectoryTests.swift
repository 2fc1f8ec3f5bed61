import Synchronization
import Testing
import TestSupport

@testable import LanguageModels

/// What providers say of their models: windows, lists, and for how long an answer is believed.
@Suite("model directory", .timeLimit(.minutes(1)))
struct ModelDirectoryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var id: String
        var settings: [String: String] = [:]
        var status = 200
        var body: String
        var path: String
        var window: Int

        var testDescription: String { "\(id) \(body) \(settings)" }
    }

    private static let shown = #"{"model_info":{"general.architecture":"llama","llama.context_length":131072}}"#
    private static func list(_ member: String, id: String = "m") -> String { #"{"data":[{"id":"\#(id)",\#(member)}]}"# }

    static let cases = [
        Case(id: "ollama", body: shown, path: "/api/show", window: 16_384),
        Case(
            id: "ollama", settings: ["OLLAMA_MODEL_TOKEN_LIMIT": "32000"], body: shown, path: "/api/show",
            window: 32_000),
        Case(
            id: "ollama", settings: ["OLLAMA_MODEL_TOKEN_LIMIT": "200000"], body: shown, path: "/api/show",
            window: 131_072),
        Case(id: "ollama", status: 404, body: #"{"error":"model 'm' not found"}"#, path: "/api/show", window: 16_384),
        Case(
            id: "ollama", settings: ["OLLAMA_MODEL_TOKEN_LIMIT": "8000"], status: 404, body: "{}", path: "/api/show",
            window: 8000),
        Case(id: "ollama", status: 500, body: "{}", path: "/api/show", window: 4096),
        Case(
            id: "ollama", settings: ["OLLAMA_MODEL_TOKEN_LIMIT": "8000"], status: 500, body: "", path: "/api/show",
            window: 8000),
        Case(id: "lmstudio", body: list(#""max_context_length":40960"#), path: "/api/v0/models", window: 40_960),
        Case(
            id: "lmstudio", settings: ["LMSTUDIO_MODEL_TOKEN_LIMIT": "5000"],
            body: list(#""max_context_length":40960"#), path: "/api/v0/models", window: 5000),
        Case(id: "lmstudio", body: list(#""max_context_length":"x""#), path: "/api/v0/models", window: 16_384),
        Case(id: "omlx", body: list(#""max_model_len":32768"#), path: "/v1/models", window: 16_384),
        Case(id: "omlx", status: 500, body: "", path: "/v1/models", window: 16_000),
        Case(id: "foundry", body: list(#""maxInputTokens":28000"#), path: "/v1/models", window: 16_000),
        Case(id: "nvidia-nim", body: list(#""max_model_len":65536"#), path: "/v1/models", window: 65_536),
        Case(id: "openrouter", body: list(#""context_length":200000"#), path: "/v1/models", window: 200_000),
        Case(id: "cometapi", body: list(#""context_length":200000"#), path: "/v1/models", window: 200_000),
        Case(id: "novita", body: list(#""context_size":64000"#), path: "/v1/models", window: 64_000),
        Case(
            id: "togetherai", body: #"[{"id":"m","type":"chat","context_length":8192}]"#, path: "/v1/models",
            window: 8192),
        Case(
            id: "apipie", body: #"{"data":[{"provider":"","model":"x"},{"model":"m"}]}"#, path: "/v1/models",
            window: 4096),
        Case(
            id: "gemini", body: #"{"models":[{"name":"models/m","inputTokenLimit":1000000}]}"#,
            path: "/v1beta/models?pageSize=1000", window: 1_000_000),
        Case(
            id: "cerebras", body: list(#""limits":{"max_context_length":65536}"#), path: "/public/v1/models",
            window: 65_536),
        Case(id: "cerebras", body: list(#""limits":{}"#, id: "other"), path: "/public/v1/models", window: 128_000),
        Case(
            id: "anthropic", body: list(#""max_input_tokens":500000,"max_tokens":9000"#),
            path: "/v1/models?limit=1000", window: 500_000),
    ]

    @Test("the window is what the provider says, within the setting", arguments: cases)
    func window(testCase: Case) async throws {
        let server = try ScriptedHTTPServer(.answer(status: testCase.status, body: testCase.body))
        defer { server.stop() }
        let call = try ProviderFixture.call(testCase.id, server, testCase.settings)
        let lookup = try await call.lookup()
        #expect(try call.build(lookup).contextWindow == testCase.window)
        #expect(try call.build(call.known).contextWindow == testCase.window)
        #expect(server.requests.map(\.path) == [testCase.path])
        if testCase.id == "gemini" {
            #expect(server.requests.first?.headers["x-goog-api-key"] == "sk-test")
            #expect(server.requests.first?.headers["authorization"] == nil)
        }
    }

    @Test("anthropic's own limit of answers is asked for")
    func maximumOutput() async throws {
        let server = try ScriptedHTTPServer(.answer(body: Self.list(#""max_tokens":9000"#)))
        defer { server.stop() }
        let call = try ProviderFixture.call("anthropic", server)
        let model = try call.build(try await call.lookup())
        #expect((model as? AnthropicModel)?.form.maxTokens == 9000)
        #expect(model.contextWindow == 100_000)
    }

    @Test("an answer is believed for its time, a model that was not there and silence for less")
    func lifetime() async throws {
        let answer = Mutex(#"{"data":[{"id":"m","context_length":1000}]}"#)
        let server = try ScriptedHTTPServer(script: { _ in
            let body = answer.withLock { $0 }
            return .answer(status: body.isEmpty ? 500 : 200, body: body)
        })
        defer { server.stop() }
        let now = Mutex(1000.0)
        let clock = ProviderClock(now: { now.withLock { $0 } }, sleep: { _ in })
        let directory = ModelDirectory()
        func look(_ name: String, after seconds: Double) async throws -> ModelLookup {
            now.withLock { $0 += seconds }
            return try await ProviderFixture.call("openrouter", server, name: name, clock: clock, directory: directory)
                .lookup()
        }
        let listed = ModelLookup.listed(ListedModel(id: "m", window: 1000))
        #expect(try await look("m", after: 0) == listed)
        #expect(try await look("m", after: 86_000) == listed)
        #expect(try await look("new", after: 0) == .unlisted)
        #expect(server.requests.count == 2, "a model that was not there may be new")
        #expect(try await look("new", after: 59) == .unlisted)
        #expect(server.requests.count == 2)
        answer.withLock { $0 = #"{"data":[{"id":"new"},{"id":"m","context_length":1000}]}"# }
        #expect(try await look("new", after: 2) == .listed(ListedModel(id: "new")))
        answer.withLock { $0 = "" }
        #expect(try await look("m", after: 90_000) == listed, "the last list stays in force")
        #expect(server.requests.count == 4)
    }

    @Test("silence is asked again after half a minute")
    func silence() async throws {
        let server = try ScriptedHTTPServer(.answer(status: 500, body: ""))
        defer { server.stop() }
        let now = Mutex(0.0)
        let clock = ProviderClock(now: { now.withLock { $0 } }, sleep: { _ in })
        let call = try ProviderFixture.call("openrouter", server, clock: clock)
        for seconds in [0.0, 29, 31] {
            now.withLock { $0 = seconds }
            #expect(try await call.lookup() == .unavailable)
        }
        #expect(server.requests.count == 2)
    }

    @Test("a task that is cancelled while it asks ends at once")
    func cancellation() async throws {
        let reached = ScriptedHTTPServerGate()
        let server = try ScriptedHTTPServer([.open(reached), .stall])
        defer { server.stop() }
        let call = try ProviderFixture.call("ollama", server)
        let task = Task { try await call.lookup() }
        await reached.opened()
        task.cancel()
        let result = await task.result
        #expect(throws: LanguageModelError.self) { try result.get() }
        await server.clientIsGone.opened()
    }

    @Test(
        "a model that is not in the list is refused in the documented words, streamed or not",
        arguments: [
            ("togetherai", #"[{"id":"m","type":"image"}]"#, "TogetherAI chat", "TogetherAI chat"),
            ("fireworksai", #"{"data":[{"id":"x"}]}"#, "FireworksAI chat", "FireworksAI chat"),
            ("openrouter", #"{"data":[{"id":"x"}]}"#, "OpenRouter chat", "OpenRouter chat"),
            ("deepseek", #"{"data":[{"id":"x"}]}"#, "DeepSeek chat", "DeepSeek chat"),
            ("novita", #"{"data":[{"id":"x"}]}"#, "Novita chat", "Novita chat"),
            ("ppio", #"{"data":[{"id":"x"}]}"#, "PPIO chat", "PPIO chat"),
            ("cometapi", #"{"data":[{"id":"x"}]}"#, "CometAPI chat", "CometAPI chat"),
            ("apipie", #"{"data":[{"provider":"a","model":"x"}]}"#, "ApiPie chat", "ApiPie chat"),
            ("minimax", #"{"data":[{"id":"x"}]}"#, "Minimax chat", "Minimax stream"),
            ("perplexity", "", "Perplexity chat", "Perplexity chat"),
        ])
    func check(id: String, list: String, label: String, streamLabel: String) async throws {
        let server = try ScriptedHTTPServer(.answer(body: list))
        defer { server.stop() }
        let model = try ProviderFixture.model(id, server)
        let whole = await #expect(throws: LanguageModelError.self) { try await model.complete(ProviderFixture.request) }
        #expect(whole?.message == "\(label): m is not valid for chat completion!")
        #expect(await Outcome(model).error?.message == "\(streamLabel): m is not valid for chat completion!")
        #expect(server.requests.allSatisfy { $0.method == "GET" })
    }

    @Test("a list that cannot be read leaves the judgement to the provider")
    func unreadableList() async throws {
        let server = try ScriptedHTTPServer(script: { request in
            request.method == "GET"
                ? .answer(body: "<html>") : .answer(body: #"{"choices":[{"message":{"content":"x"}}]}"#)
        })
        defer { server.stop() }
        let model = try ProviderFixture.model("deepseek", server)
        #expect(try await model.complete(ProviderFixture.request).text == "x")
    }

    @Test("a prepared model has the window that its provider tells")
    func prepared() async throws {
        let server = try ScriptedHTTPServer(.answer(body: Self.shown))
        defer { server.stop() }
        let catalog = ProviderFixture.catalog(["OLLAMA_BASE_PATH": server.origin, "OLLAMA_MODEL_PREF": "m"])
        #expect(catalog.contextWindow(provider: "ollama", model: nil) == 4096)
        #expect(try await catalog.preparedModel(provider: "ollama", model: nil).contextWindow == 16_384)
        #expect(catalog.contextWindow(provider: "ollama", model: nil) == 16_384)
        #expect(try catalog.model(provider: "ollama", model: nil).contextWindow == 16_384)
        #expect(catalog.contextWindow(provider: "ollama", model: "other") == 4096)
    }
}
