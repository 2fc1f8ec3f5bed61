import NIOCore
import Synchronization
import Testing
import TestSupport

@testable import LanguageModels

/// Cuts, stalls and cancellation: what a provider and a client may do to a stream.
@Suite("generic-openai under faults", .timeLimit(.minutes(2)))
struct GenericOpenAIFaultTests {
    private typealias Script = [ScriptedHTTPServerStep]

    private static let data = [
        #"{"choices":[{"delta":{"reasoning_content":"hm"}}]}"#, ProviderFixture.delta("naïve "),
        ProviderFixture.delta("😀"), ProviderFixture.stop,
        #"{"choices":[],"usage":{"prompt_tokens":4,"completion_tokens":2,"total_tokens":6}}"#, "[DONE]",
    ]

    @Test("a stream cut at any byte gives what had arrived, then Premature close")
    func cutAnywhere() async throws {
        let head = Self.bytes(Script.eventStreamHead)
        let body = Self.bytes(ProviderFixture.events(Self.data) + Script.lastChunk)
        let cut = Mutex(0)
        let server = try ScriptedHTTPServer(script: { _ in
            [.send(Array((head + body)[..<cut.withLock { $0 }])), .close]
        })
        defer { server.stop() }
        let model = try ProviderFixture.generic(server)
        for position in 0..<(head.count + body.count) {
            cut.withLock { $0 = position }
            let outcome = await Outcome(model)
            guard position >= head.count else {
                #expect(outcome.error?.code == .connection, "cut at \(position)")
                continue
            }
            let expected = try Self.events(arrived: position - head.count)
            #expect(outcome.events == expected, "cut at \(position)")
            let isFinished = expected.contains(.finished)
            #expect(outcome.error?.message == (isFinished ? nil : "Premature close"), "cut at \(position)")
        }
    }

    @Test("an answer in one piece cut at any byte is an error")
    func cutWhole() async throws {
        let answer = Self.bytes(Script.answer(body: #"{"choices":[{"message":{"content":"x"}}]}"#))
        let cut = Mutex(0)
        let server = try ScriptedHTTPServer(script: { _ in [.send(Array(answer[..<cut.withLock { $0 }])), .close] })
        defer { server.stop() }
        let model = try ProviderFixture.generic(server)
        for position in 0..<answer.count {
            cut.withLock { $0 = position }
            let error = await #expect(throws: LanguageModelError.self) {
                try await model.complete(ProviderFixture.request)
            }
            #expect([.connection, .interrupted].contains(error?.code), "cut at \(position)")
        }
    }

    @Test("garbage in place of HTTP is a connection error", arguments: ["\r\n\r\n", "SSH-2.0\r\n", "{}\n\n"])
    func garbage(bytes: String) async throws {
        let server = try ScriptedHTTPServer([.send(bytes), .close])
        defer { server.stop() }
        #expect(await Outcome(try ProviderFixture.generic(server)).error?.code == .connection)
    }

    @Test("silence before the first token ends in a timeout and a closed connection", arguments: [false, true])
    func firstTokenTimeout(sendsHead: Bool) async throws {
        let server = try ScriptedHTTPServer((sendsHead ? Script.eventStreamHead : []) + [.stall])
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.generic(server, ["LLM_FIRST_TOKEN_TIMEOUT_MS": "40"]))
        #expect(outcome.error?.code == .timedOut)
        #expect(outcome.error?.message == "Request timed out.")
        await server.clientIsGone.opened()
    }

    @Test("silence in the middle ends in a timeout after the text")
    func idleTimeout() async throws {
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead + ProviderFixture.events([ProviderFixture.delta("a")]) + [.stall])
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.generic(server, ["LLM_IDLE_TIMEOUT_MS": "40"]))
        #expect(outcome.events == [.text("a")])
        #expect(outcome.error?.code == .timedOut)
        await server.clientIsGone.opened()
    }

    @Test("a call longer than the whole limit ends in a timeout, streamed or not", arguments: [true, false])
    func overallTimeout(isStreamed: Bool) async throws {
        let server = try ScriptedHTTPServer([.stall])
        defer { server.stop() }
        let model = try ProviderFixture.generic(server, ["ANYTHINGLLM_FETCH_TIMEOUT": "40"])
        let error = await #expect(throws: LanguageModelError.self) {
            if isStreamed {
                _ = try await model.stream(ProviderFixture.request)
            } else {
                _ = try await model.complete(ProviderFixture.request)
            }
        }
        #expect(error?.code == .timedOut)
        await server.clientIsGone.opened()
    }

    @Test("after the finish marker a provider that keeps the connection open is left, without an error")
    func linger() async throws {
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead
                + ProviderFixture.events([ProviderFixture.delta("a"), ProviderFixture.stop]) + [.stall])
        defer { server.stop() }
        var timeouts = ProviderTimeouts()
        timeouts.afterFinish = .milliseconds(20)
        let outcome = await Outcome(Self.model(server, timeouts))
        #expect(outcome.events == [.text("a"), .finished])
        #expect(outcome.error == nil)
        await server.clientIsGone.opened()
    }

    @Test("cancelling the reading task closes the connection", arguments: [0, 1, 2])
    func cancellation(stage: Int) async throws {
        let reached = ScriptedHTTPServerGate()
        let server = try ScriptedHTTPServer(
            (stage > 0 ? Script.eventStreamHead : [])
                + (stage > 1 ? ProviderFixture.events([ProviderFixture.delta("a")]) : [])
                + [.open(reached), .stall])
        defer { server.stop() }
        let model = try ProviderFixture.generic(server)
        let task = Task { await Outcome(model) }
        await reached.opened()
        task.cancel()
        #expect(await task.value.error?.code == .cancelled)
        await server.clientIsGone.opened()
    }

    @Test("a task that is cancelled already sends nothing that stays open")
    func cancelledBefore() async throws {
        let server = try ScriptedHTTPServer([.stall])
        defer { server.stop() }
        let model = try ProviderFixture.generic(server)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await Outcome(model)
        }
        #expect(await task.value.error?.code == .cancelled)
    }

    @Test("dropping the iterator closes the connection")
    func dropIterator() async throws {
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead + ProviderFixture.events([ProviderFixture.delta("a")]) + [.stall])
        defer { server.stop() }
        let stream = try await ProviderFixture.generic(server).stream(ProviderFixture.request)
        for try await event in stream {
            #expect(event == .text("a"))
            break
        }
        await server.clientIsGone.opened()
        withExtendedLifetime(stream) {}
    }

    @Test("dropping a stream that nobody reads closes the connection")
    func dropStream() async throws {
        let server = try ScriptedHTTPServer(Script.eventStreamHead + [.stall])
        defer { server.stop() }
        _ = try await ProviderFixture.generic(server).stream(ProviderFixture.request)
        await server.clientIsGone.opened()
    }

    @Test("a reader that is slow gets everything, although it is more than the buffer holds")
    func backPressure() async throws {
        let piece = String(repeating: "p", count: 65_536)
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead + ProviderFixture.events(Array(repeating: ProviderFixture.delta(piece), count: 64))
                + ProviderFixture.events([ProviderFixture.stop]) + Script.lastChunk)
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.generic(server))
        #expect(outcome.events.count == 65)
        #expect(outcome.text.utf8.count == 64 * 65_536)
    }
}

extension GenericOpenAIFaultTests {
    private static func bytes(_ steps: [ScriptedHTTPServerStep]) -> [UInt8] {
        steps.flatMap { step in
            if case .send(let bytes) = step { bytes } else { [UInt8]() }
        }
    }

    /// The events of the first `count` bytes of the chunked body.
    private static func events(arrived count: Int) throws -> [ChatStreamEvent] {
        var stream: [UInt8] = []
        var left = count
        for item in data {
            let event = Array("data: \(item)\n\n".utf8)
            let frame = String(event.count, radix: 16).utf8.count + 2
            stream += event.prefix(max(0, left - frame))
            left -= frame + event.count + 2
            if left <= 0 { break }
        }
        var parser = ServerSentEventParser()
        var reader = ChatCompletionChunkReader()
        var parsed: [ServerSentEvent] = []
        try parser.append(stream, into: &parsed)
        return try parsed.flatMap { try reader.read($0) }
    }

    private static func model(_ server: ScriptedHTTPServer, _ timeouts: ProviderTimeouts) -> ChatCompletionsModel {
        ChatCompletionsModel(
            name: "mock-model", providerName: "GenericOpenAiLLM", contextWindow: 4096,
            endpoint: ProviderEndpoint(client: ProviderFixture.client, base: server.base, timeouts: timeouts),
            form: ChatCompletionsRequest(model: "mock-model"))
    }
}
