import DescriptorWaiting
import NIOCore
import NIOHTTP1
import Testing
import TestSupport

@testable import ProviderHTTP

@Suite("exchanges with providers", .timeLimit(.minutes(1)))
struct HTTPExchangeTests {
    private typealias Script = [ScriptedHTTPServerStep]
    private let client = ProviderClient()

    private func answer(_ call: HTTPCall) async throws -> (status: UInt, body: String) {
        let exchange = try HTTPExchange(call, with: client)
        let head = try await exchange.head()
        let body = try #require(try await exchange.body(limit: 64 << 20))
        return (head.status.code, String(buffer: body))
    }

    @Test("a request arrives as it was given, with nothing added but what HTTP needs")
    func request() async throws {
        let server = try ScriptedHTTPServer(.answer(status: 201, headers: "X-Odd:  two words \r\n", body: "ö"))
        defer { server.stop() }
        let exchange = try HTTPExchange(
            HTTPCall(
                url: server.base + "/a?b=c", headers: ["X-Name": "värde", "Empty": "", "Content-Type": "text/plain"],
                body: Array("a\0b".utf8)), with: client)
        let head = try await exchange.head()
        #expect(head.status.code == 201)
        #expect(head.headers["x-odd"] == ["two words"])
        #expect(try await exchange.body(limit: 10).map { String(buffer: $0) } == "ö")
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.path == "/v1/a?b=c" && request.text == "a\0b")
        #expect(
            request.headers == [
                "host": "127.0.0.1:\(server.port)", "x-name": "värde", "empty": "", "content-type": "text/plain",
                "content-length": "3",
            ])
    }

    @Test("without a body it is a GET; an empty body is a POST")
    func methods() async throws {
        let server = try ScriptedHTTPServer(.answer(body: ""))
        defer { server.stop() }
        _ = try await answer(HTTPCall(url: server.base))
        _ = try await answer(HTTPCall(url: server.base, body: []))
        #expect(server.requests.map(\.method) == ["GET", "POST"])
        #expect(server.requests.last?.headers["content-length"] == "0")
    }

    @Test("two megabytes go out at once and come back")
    func large() async throws {
        let text = String(repeating: "0123456789abcdef", count: 1 << 17)
        let server = try ScriptedHTTPServer(script: { .answer(body: $0.text) })
        defer { server.stop() }
        let answer = try await answer(HTTPCall(url: server.base, body: Array(text.utf8)))
        #expect(answer.body == text)
        #expect(server.requests.first?.headers["expect"] == nil)
    }

    @Test("pieces come as they are sent, and the end after the last chunk; trailers and interim answers are left out")
    func pieces() async throws {
        let gates = (0..<2).map { _ in ScriptedHTTPServerGate() }
        let server = try ScriptedHTTPServer(
            [.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")] + Script.eventStreamHead + Script.chunk("one")
                + [.wait(gates[0])] + Script.chunk("two") + [.wait(gates[1]), .send("0\r\nX-After: 1\r\n\r\n")])
        defer { server.stop() }
        let exchange = try HTTPExchange(HTTPCall(url: server.base), with: client)
        let head = try await exchange.head()
        #expect(head.status.code == 200 && head.headers["Link"].isEmpty && head.headers["X-After"].isEmpty)
        #expect(try await exchange.nextPart().map { String(buffer: $0) } == "one")
        gates[0].open()
        #expect(try await exchange.nextPart().map { String(buffer: $0) } == "two")
        gates[1].open()
        #expect(try await exchange.nextPart() == nil)
        #expect(try await exchange.nextPart() == nil)
    }

    @Test("one connection carries one call after another, and two calls at once have two")
    func reuse() async throws {
        let server = try ScriptedHTTPServer(.answer(body: "x"))
        defer { server.stop() }
        for _ in 0..<3 { _ = try await answer(HTTPCall(url: server.base, body: [1])) }
        #expect(server.connectionCount == 1)
        let first = try HTTPExchange(HTTPCall(url: server.base), with: client)
        _ = try await answer(HTTPCall(url: server.base))
        _ = try await first.head()
        #expect(server.connectionCount == 2)
    }

    @Test("a kept connection that the server has closed is replaced")
    func stale() async throws {
        let server = try ScriptedHTTPServer(script: { request in
            request.path.hasSuffix("second") && request.connection == 0 ? [.close] : .answer(body: "x")
        })
        defer { server.stop() }
        _ = try await answer(HTTPCall(url: server.base + "/first", body: [1]))
        #expect(try await answer(HTTPCall(url: server.base + "/second", body: [2])).status == 200)
        #expect(server.requests.map(\.connection) == [0, 0, 1])
    }

    @Test("a released exchange that comes to its end leaves its connection, one that does not is closed")
    func release() async throws {
        let gate = ScriptedHTTPServerGate()
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead + Script.chunk("all") + [.wait(gate)] + Script.lastChunk)
        defer { server.stop() }
        let exchange = try HTTPExchange(HTTPCall(url: server.base), with: client)
        #expect(try await exchange.nextPart() != nil)
        exchange.release(until: MonotonicClock.now(adding: .seconds(60)))
        gate.open()
        while client.idleConnections == 0 { await Task.yield() }
        let hanging = try ScriptedHTTPServer(Script.eventStreamHead + Script.chunk("all") + [.stall])
        defer { hanging.stop() }
        let other = try HTTPExchange(HTTPCall(url: hanging.base), with: client)
        #expect(try await other.nextPart() != nil)
        other.release(until: MonotonicClock.now(adding: .milliseconds(5)))
        await hanging.clientIsGone.opened()
        #expect(client.idleConnections == 1)
    }

    @Test(
        "what breaks is told apart by whether the answer had begun",
        arguments: [
            [ScriptedHTTPServerStep.close], [.send("nonsense\r\n\r\n"), .close],
            [.send("HTTP/1.1 200 OK\r\nContent-Le"), .close],
        ])
    func unreachable(script: [ScriptedHTTPServerStep]) async throws {
        let server = try ScriptedHTTPServer(script)
        defer { server.stop() }
        await #expect { try await answer(HTTPCall(url: server.base, body: [1])) } throws: {
            if case HTTPFailure.unreachable = $0 { true } else { false }
        }
    }

    @Test("a body that is cut, shorter than announced or in broken chunks is an interruption")
    func interrupted() async throws {
        let scripts: [Script] = [
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), .close], Script.eventStreamHead + [.close],
            Script.eventStreamHead + [.send("zz\r\n"), .stall],
        ]
        for script in scripts {
            let server = try ScriptedHTTPServer(script)
            defer { server.stop() }
            await #expect { try await answer(HTTPCall(url: server.base)) } throws: {
                if case HTTPFailure.interrupted = $0 { true } else { false }
            }
        }
    }

    @Test("a header that could smuggle in another, and an address that is none, send nothing")
    func refused() throws {
        let server = try ScriptedHTTPServer(.answer(body: ""))
        defer { server.stop() }
        for value in ["a\r\nX: y", "a\nb", "a\0b"] {
            #expect(throws: HTTPFailure.self) {
                try HTTPExchange(HTTPCall(url: server.base, headers: ["X": value]), with: client)
            }
        }
        #expect(server.connectionCount == 0)
    }

    @Test("other schemes than http and https are no providers", arguments: ["file:///etc/passwd", "ftp://127.0.0.1/x"])
    func schemes(url: String) async {
        await #expect(throws: HTTPFailure.self) { try await answer(HTTPCall(url: url)) }
    }

    @Test("when the reader's deadline has passed the exchange goes on")
    func deadline() async throws {
        let gate = ScriptedHTTPServerGate()
        let server = try ScriptedHTTPServer([.wait(gate)] + Script.answer(body: "late"))
        defer { server.stop() }
        let exchange = try HTTPExchange(HTTPCall(url: server.base), with: client)
        await #expect { try await exchange.head(until: MonotonicClock.now(adding: .milliseconds(5))) } throws: {
            if case HTTPFailure.timedOut = $0 { true } else { false }
        }
        gate.open()
        #expect(try await exchange.head().status.code == 200)
        #expect(try await exchange.body(limit: 4).map { String(buffer: $0) } == "late")
    }

    @Test("cancelling closes the connection and wakes the reader, from outside and by the task")
    func cancellation() async throws {
        for byTask in [false, true] {
            let server = try ScriptedHTTPServer([.stall])
            defer { server.stop() }
            let exchange = try HTTPExchange(HTTPCall(url: server.base), with: client)
            let reader = Task { try await exchange.head() }
            if byTask { reader.cancel() } else { exchange.cancel() }
            await #expect { try await reader.value } throws: {
                if case HTTPFailure.cancelled = $0 { true } else { false }
            }
            await #expect(throws: HTTPFailure.self) { try await exchange.nextPart() }
        }
    }

    @Test("a body beyond its limit is not read on")
    func limit() async throws {
        let server = try ScriptedHTTPServer(Script.eventStreamHead + Script.chunk("0123456789") + [.stall])
        defer { server.stop() }
        let exchange = try HTTPExchange(HTTPCall(url: server.base), with: client)
        #expect(try await exchange.body(limit: 9) == nil)
        await server.clientIsGone.opened()
    }

    @Test("once its times have passed, an exchange sleeps until something happens")
    func timers() async throws {
        let gate = ScriptedHTTPServerGate()
        let server = try ScriptedHTTPServer([.wait(gate)] + Script.answer(body: "late"))
        defer { server.stop() }
        let connection = try CurlConnection()
        let call = HTTPCall(url: server.base, connectMilliseconds: 20)
        try connection.begin(call, lines: try #require(call.lines))
        var turns = 0
        while let timer = connection.timer {
            connection.proceed(await DescriptorWait(connection.interests, until: timer).events())
            turns += 1
            try #require(turns < 100)
        }
        gate.open()
        while connection.answer.result == nil {
            connection.proceed(await DescriptorWait(connection.interests, until: nil).events())
        }
        #expect(connection.answer.head.complete?.status.code == 200)
        #expect(connection.takeBody().map { String(buffer: $0) } == "late")
    }

    @Test("a deadline holds against a server that never pauses")
    func endless() async throws {
        let piece = String(repeating: "x", count: 1 << 16)
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead + (0..<4000).flatMap { _ in Script.chunk(piece) } + [.stall])
        defer { server.stop() }
        let exchange = try HTTPExchange(HTTPCall(url: server.base), with: client)
        await #expect {
            _ = try await exchange.body(limit: .max, until: MonotonicClock.now(adding: .milliseconds(20)))
        } throws: {
            if case HTTPFailure.timedOut = $0 { true } else { false }
        }
    }

    @Test("what frames the body is not taken from the caller, blank values stay, folded lines are left out")
    func oddHeaders() async throws {
        let server = try ScriptedHTTPServer(.answer(headers: "X-Long: a\r\n b: c\r\n", body: "x"))
        defer { server.stop() }
        let exchange = try HTTPExchange(
            HTTPCall(
                url: server.base, headers: ["Content-Length": "7", "Transfer-Encoding": "chunked", "Blank": "  "],
                body: Array("abc".utf8)), with: client)
        let head = try await exchange.head()
        #expect(head.headers["X-Long"] == ["a"] && head.headers.count == 3)
        let request = try #require(server.requests.first)
        #expect(request.text == "abc" && request.headers["transfer-encoding"] == nil)
        #expect(request.headers["blank"] == "")
    }
}
