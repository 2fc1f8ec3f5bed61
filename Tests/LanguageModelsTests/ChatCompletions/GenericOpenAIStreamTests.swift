import Testing
import TestSupport

@testable import LanguageModels

@Suite("generic-openai, streamed", .timeLimit(.minutes(1)))
struct GenericOpenAIStreamTests {
    private typealias Script = [ScriptedHTTPServerStep]

    @Test("pieces arrive as they were sent, while the answer goes on")
    func pieces() async throws {
        let gate = ScriptedHTTPServerGate()
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead + ProviderFixture.events([ProviderFixture.delta("Delivery ")]) + [.wait(gate)]
                + ProviderFixture.events([ProviderFixture.delta("moved."), ProviderFixture.stop, "[DONE]"])
                + Script.lastChunk)
        defer { server.stop() }
        var iterator = try await ProviderFixture.generic(server).stream(ProviderFixture.request).makeAsyncIterator()
        #expect(try await iterator.next() == .text("Delivery "))
        gate.open()
        #expect(try await iterator.next() == .text("moved."))
        #expect(try await iterator.next() == .finished)
        #expect(try await iterator.next() == nil)
        #expect(try await iterator.next() == nil)
    }

    @Test("the connection is used again after a complete answer")
    func reuse() async throws {
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead
                + ProviderFixture.events([ProviderFixture.delta("x"), ProviderFixture.stop, "[DONE]"])
                + Script.lastChunk)
        defer { server.stop() }
        for _ in 0..<5 {
            let outcome = await Outcome(try ProviderFixture.generic(server))
            #expect(outcome.events == [.text("x"), .finished])
        }
        #expect(server.requests.count == 5)
        #expect(server.connectionCount < 5)
    }

    struct Refusal: Sendable {
        var status: Int
        var type = "application/json"
        var body: String
        var message: String
    }

    static let refusals = [
        Refusal(
            status: 500, body: #"{"error":{"message":"mock upstream failure","type":"server_error"}}"#,
            message: "500 mock upstream failure"),
        Refusal(
            status: 429, body: #"{"error":{"message":"mock rate limit reached"}}"#,
            message: "429 mock rate limit reached"),
        Refusal(
            status: 401, body: #"{"error":{"message":"mock: incorrect API key"}}"#,
            message: "401 mock: incorrect API key"),
        Refusal(
            status: 502, type: "text/html", body: "<html><body>Bad gateway</body></html>",
            message: "502 <html><body>Bad gateway</body></html>"),
        Refusal(status: 404, body: #"{"error":"model not found"}"#, message: "404 model not found"),
        Refusal(status: 422, body: #"{"detail":"no"}"#, message: #"422 {"detail":"no"}"#),
        Refusal(status: 503, body: "", message: "503 status code (no body)"),
        Refusal(status: 307, body: "", message: "307 status code (no body)"),
    ]

    @Test("a refusal is shown with its status and message, streamed or not", arguments: refusals)
    func refusal(refusal: Refusal) async throws {
        let server = try ScriptedHTTPServer(
            Script.answer(
                status: refusal.status, type: refusal.type, headers: "Location: http://127.0.0.1:1/\r\n",
                body: refusal.body))
        defer { server.stop() }
        let model = try ProviderFixture.generic(server)
        let streamed = await #expect(throws: LanguageModelError.self) {
            try await model.stream(ProviderFixture.request)
        }
        let whole = await #expect(throws: LanguageModelError.self) { try await model.complete(ProviderFixture.request) }
        for error in [streamed, whole] {
            #expect(error?.code == .upstreamStatus(refusal.status))
            #expect(error?.message == refusal.message)
        }
        #expect(server.requests.count == 2, "nothing is tried twice")
    }

    @Test("a huge error page is cut")
    func hugeErrorPage() async throws {
        let page = String(repeating: "x", count: 1_000_000)
        let server = try ScriptedHTTPServer(Script.answer(status: 500, type: "text/html", body: page))
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.generic(server))
        #expect(outcome.error?.message.count == 4096 + 4)
    }

    @Test("no server is a connection error")
    func nobody() async throws {
        let server = try ScriptedHTTPServer([])
        server.stop()
        let settings = ["GENERIC_OPEN_AI_BASE_PATH": "http://127.0.0.1:1/v1"]
        let outcome = await Outcome(try ProviderFixture.generic(server, settings))
        #expect(outcome.error?.code == .connection)
        #expect(outcome.error?.message == "Connection error.")
    }

    @Test("an address that is none is a connection error", arguments: ["", "nonsense", "ftp://x", "http://"])
    func badAddress(base: String) async throws {
        let endpoint = ProviderEndpoint(
            client: ProviderFixture.client, base: base, timeouts: ProviderTimeouts())
        let error = await #expect(throws: LanguageModelError.self) { try await endpoint.get("/models") }
        #expect(error?.code == .connection)
    }

    @Test("an error object in the stream ends it with the provider's message after the text")
    func streamError() async throws {
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead
                + ProviderFixture.events([
                    ProviderFixture.delta("a "), ProviderFixture.delta("b"),
                    #"{"error":{"message":"mock stream error"}}"#, "[DONE]",
                ]) + Script.lastChunk)
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.generic(server))
        #expect(outcome.events == [.text("a "), .text("b")])
        #expect(outcome.error?.message == "mock stream error")
    }

    @Test("a body without finish marker, with or without DONE, is a whole answer", arguments: [true, false])
    func noFinish(hasDone: Bool) async throws {
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead + ProviderFixture.events([ProviderFixture.delta("a")] + (hasDone ? ["[DONE]"] : []))
                + Script.lastChunk)
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.generic(server))
        #expect(outcome.events == [.text("a"), .finished])
        #expect(outcome.error == nil)
    }

    @Test("a line of a megabyte arrives whole")
    func longLine() async throws {
        let text = String(repeating: "word ", count: 209_716)
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead + ProviderFixture.events([ProviderFixture.delta(text), ProviderFixture.stop])
                + Script.lastChunk)
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.generic(server))
        #expect(outcome.events == [.text(text), .finished])
    }

    @Test("a line without end is refused and the connection closed")
    func endlessLine() async throws {
        let megabyte = String(repeating: "x", count: 1 << 20)
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead + (0..<16).flatMap { _ in Script.chunk(megabyte) } + [.stall])
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.generic(server))
        #expect(outcome.error?.code == .malformedAnswer)
        await server.clientIsGone.opened()
    }

    @Test("a server that answers a stream with JSON is understood")
    func jsonAnswer() async throws {
        let body = #"{"choices":[{"message":{"content":"whole"}}],"usage":{"prompt_tokens":1}}"#
        let server = try ScriptedHTTPServer(Script.answer(body: body))
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.generic(server))
        #expect(outcome.events == [.text("whole"), .finished, .usage(TokenUsage(promptTokens: 1))])
    }

    @Test("a web page in place of a stream is malformed")
    func webPage() async throws {
        let server = try ScriptedHTTPServer(Script.answer(type: "text/html; charset=utf-8", body: "<html></html>"))
        defer { server.stop() }
        #expect(await Outcome(try ProviderFixture.generic(server)).error?.code == .malformedAnswer)
    }

    @Test("with streaming disabled the whole answer is one piece")
    func disabled() async throws {
        let server = try ScriptedHTTPServer(Script.answer(body: #"{"choices":[{"message":{"content":"whole"}}]}"#))
        defer { server.stop() }
        let model = try ProviderFixture.generic(server, ["GENERIC_OPENAI_STREAMING_DISABLED": "true"])
        #expect(!model.canStream)
        #expect(await Outcome(model).events == [.text("whole"), .finished])
        #expect(server.requests.first?.text.contains("stream") == false)
    }
}
