import Synchronization
import Testing
import TestSupport

@testable import LanguageModels

/// What every wire form does when its stream is cut, stalls, is cancelled or is refused.
@Suite("wire forms under faults", .timeLimit(.minutes(3)))
struct WireFormFaultTests {
    @Test("a whole stream gives reasoning or text, the end and the usage", arguments: WireFormSample.all)
    func whole(sample: WireFormSample) async throws {
        let server = try ScriptedHTTPServer([.send(sample.head + sample.chunkedBody)])
        defer { server.stop() }
        let outcome = await Outcome(try sample.model(server))
        #expect(outcome.error == nil)
        #expect(outcome.events == (try sample.read(sample.pieces.flatMap(\.self))))
        #expect(outcome.text.hasSuffix("naïve 😀"))
        #expect(outcome.events.contains(.finished))
        #expect(outcome.events.contains { if case .usage = $0 { true } else { false } })
    }

    @Test("a stream cut at any byte gives what had arrived, then Premature close", arguments: WireFormSample.all)
    func cutAnywhere(sample: WireFormSample) async throws {
        let (head, body) = (sample.head, sample.chunkedBody)
        let cut = Mutex(0)
        let server = try ScriptedHTTPServer(script: { _ in
            [.send(Array((head + body)[..<cut.withLock { $0 }])), .close]
        })
        defer { server.stop() }
        let model = try sample.model(server)
        for position in head.count..<(head.count + body.count) {
            cut.withLock { $0 = position }
            let outcome = await Outcome(model)
            let expected = try sample.read(sample.arrived(position - head.count))
            #expect(outcome.events == expected, "cut at \(position)")
            let isFinished = expected.contains(.finished)
            #expect(
                outcome.error?.message == (isFinished ? nil : sample.failurePrefix + "Premature close"),
                "cut at \(position)")
        }
    }

    @Test("the pieces of a stream may be cut anywhere", arguments: WireFormSample.all)
    func splitAnywhere(sample: WireFormSample) async throws {
        let body = sample.pieces.flatMap(\.self)
        let expected = try sample.read(body)
        for size in [1, 2, 3, 7, 64] {
            let parts = stride(from: 0, to: body.count, by: size).map { start in
                Array(body[start..<min(start + size, body.count)])
            }
            let server = try ScriptedHTTPServer([.send(sample.head + WireFormSample.chunked(parts))])
            defer { server.stop() }
            #expect(await Outcome(try sample.model(server)).events == expected, "pieces of \(size)")
        }
    }

    @Test("silence in the middle ends in a timeout and a closed connection", arguments: WireFormSample.all)
    func stall(sample: WireFormSample) async throws {
        let first = Array(sample.chunkedBody.prefix(String(sample.pieces[0].count, radix: 16).utf8.count + 2 + 8))
        let server = try ScriptedHTTPServer([.send(sample.head + first), .stall])
        defer { server.stop() }
        let outcome = await Outcome(try sample.model(server, ["LLM_IDLE_TIMEOUT_MS": "40"]))
        #expect(outcome.error?.code == .timedOut)
        #expect(outcome.error?.message == sample.failurePrefix + "Request timed out.")
        await server.clientIsGone.opened()
    }

    @Test("cancelling the reading task closes the connection", arguments: WireFormSample.all)
    func cancellation(sample: WireFormSample) async throws {
        let reached = ScriptedHTTPServerGate()
        let server = try ScriptedHTTPServer([.send(sample.head), .open(reached), .stall])
        defer { server.stop() }
        let model = try sample.model(server)
        let task = Task { await Outcome(model) }
        await reached.opened()
        task.cancel()
        #expect(await task.value.error?.code == .cancelled)
        await server.clientIsGone.opened()
    }

    @Test("dropping the iterator closes the connection", arguments: WireFormSample.all)
    func dropIterator(sample: WireFormSample) async throws {
        let begun = WireFormSample.chunked(sample.pieces.dropLast()).dropLast("0\r\n\r\n".utf8.count)
        let server = try ScriptedHTTPServer([.send(sample.head + begun), .stall])
        defer { server.stop() }
        let stream = try await sample.model(server).stream(ProviderFixture.request)
        for try await event in stream where event != .finished { break }
        await server.clientIsGone.opened()
        withExtendedLifetime(stream) {}
    }

    @Test("a web page in place of a stream is malformed", arguments: WireFormSample.all)
    func webPage(sample: WireFormSample) async throws {
        let server = try ScriptedHTTPServer(.answer(type: "text/html", body: "<html>secret prompt</html>"))
        defer { server.stop() }
        let error = await Outcome(try sample.model(server)).error
        #expect(error?.code == .malformedAnswer)
        #expect(error?.logDescription == "malformed-answer")
    }

    @Test("garbage in the middle of a stream is malformed, after what came before", arguments: WireFormSample.all)
    func garbage(sample: WireFormSample) async throws {
        let isBinary = sample.mediaType.contains("amazon")
        let garbage = Array((sample.mediaType.hasPrefix("text/event") ? "data: {\"a\":\n\n" : "{\"a\":\n").utf8)
        let pieces = [sample.pieces[0], isBinary ? sample.pieces[1].map { $0 ^ 1 } : garbage]
        let server = try ScriptedHTTPServer([.send(sample.head + WireFormSample.chunked(pieces))])
        defer { server.stop() }
        let outcome = await Outcome(try sample.model(server))
        #expect(outcome.events == (try sample.read(sample.pieces[0])))
        #expect(outcome.error?.code == .malformedAnswer)
    }

    @Test("a refusal carries the provider's words to the client and none to the log", arguments: WireFormSample.all)
    func refusal(sample: WireFormSample) async throws {
        let body = #"{"type":"error","error":{"type":"invalid_request_error","message":"bad prompt: hunter2"}}"#
        let server = try ScriptedHTTPServer(.answer(status: 400, body: body))
        defer { server.stop() }
        let model = try sample.model(server)
        let streamed = await Outcome(model).error
        let whole = await #expect(throws: LanguageModelError.self) { try await model.complete(ProviderFixture.request) }
        for error in [streamed, whole] {
            #expect(error?.code == .upstreamStatus(400))
            #expect(error?.message.hasSuffix("400 bad prompt: hunter2") == true)
            #expect(error?.logDescription == "upstream-status-400")
        }
    }

    @Test("nobody there is a connection error whose cause may be logged", arguments: WireFormSample.all)
    func nobody(sample: WireFormSample) async throws {
        let server = try ScriptedHTTPServer([.close])
        defer { server.stop() }
        let error = await Outcome(try sample.model(server)).error
        #expect(error?.code == .connection)
        #expect(error?.logDescription.hasPrefix("connection-failed (") == true)
    }
}
