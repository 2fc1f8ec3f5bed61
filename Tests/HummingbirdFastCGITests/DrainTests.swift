import Hummingbird
import NIOCore
import ServiceLifecycle
import TestSupport
import Testing

@testable import HummingbirdFastCGI

@Suite(.timeLimit(.minutes(2))) struct DrainTests {
    @Test("a stop closes idle connections, finishes requests in flight, and accepts nothing new")
    func graceful() async throws {
        let (gate, begun) = (ManualGate(), ManualCounter())
        let router = TestServer.makeRouter()
        router.get("/wait") { _, _ in
            begun.increment()
            await gate.wait()
            return "done"
        }
        try await TestServer.run(router, configure: { $0.drainTimeout = .seconds(60) }) { server in
            let (idle, busy) = (try server.connect(), try server.connect())
            try busy.send(FastCGIRequest("GET", "/wait"))
            await begun.reaches(1)
            await server.group.triggerGracefulShutdown()
            #expect(try await FastCGIClient.onThread { try idle.readRecord() } == nil)
            #expect(throws: FastCGIClient.Failure.self) { _ = try server.connect() }
            gate.open()
            #expect(try await FastCGIClient.onThread { try busy.readResponse()?.text } == "done")
            #expect(try await FastCGIClient.onThread { try busy.readRecord() } == nil)
        }
    }

    @Test("a stream that outlasts the drain is cancelled and writes its last event")
    func stream() async throws {
        let (never, begun) = (ManualGate(), ManualCounter())
        let router = TestServer.makeRouter()
        router.get("/stream") { _, _ in
            Response(
                status: .ok, headers: StreamTests.eventStream,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "data: 1\n\n"))
                    begun.increment()
                    let isOpen = await never.waitUnlessCancelled()
                    try await writer.write(ByteBuffer(string: "data: \(isOpen ? "open" : "last")\n\n"))
                    try await writer.finish(nil)
                })
        }
        try await TestServer.run(router) { server in
            let client = try server.connect()
            try client.send(FastCGIRequest("GET", "/stream"))
            await begun.reaches(1)
            await server.group.triggerGracefulShutdown()
            let text = try await FastCGIClient.onThread { try client.readResponse()?.text }
            #expect(text == "data: 1\n\ndata: last\n\n")
        }
    }

    @Test("a peer that stops reading does not hold up the stop or anybody else")
    func peerThatStopsReading() async throws {
        let (begun, failed) = (ManualCounter(), ManualCounter())
        let router = TestServer.makeRouter()
        router.get("/flood") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    begun.increment()
                    do {
                        while true { try await writer.write(ByteBuffer(repeating: 1, count: 65_536)) }
                    } catch {
                        failed.increment()
                        throw error
                    }
                })
        }
        router.get("/ping") { _, _ in "pong" }
        try await TestServer.run(router, configure: { $0.cancellationGrace = .milliseconds(50) }) { server in
            let client = try server.connect()
            try client.send(FastCGIRequest("GET", "/flood"))
            await begun.reaches(1)
            #expect(try await server.answer(FastCGIRequest("GET", "/ping"))?.text == "pong")
            await server.group.triggerGracefulShutdown()
            await failed.reaches(1)
        }
    }

    @Test("a peer in the middle of its parameters does not hold up the stop")
    func partialRequest() async throws {
        let router = TestServer.makeRouter()
        try await TestServer.run(router, configure: { $0.cancellationGrace = .milliseconds(50) }) { server in
            let client = try server.connect()
            try client.send(Array(FastCGIRecord.begin(keepConnection: true).encoded.prefix(11)))
            await server.scoreboardShows { $0.reading == 1 }
            await server.group.triggerGracefulShutdown()
            #expect(try await FastCGIClient.onThread { try client.readRecord() } == nil)
        }
    }

    @Test("a synchronous handler is cancelled only when connections are shut down")
    func synchronousHandler() async throws {
        let (never, begun, cancelled) = (ManualGate(), ManualCounter(), ManualCounter())
        let router = TestServer.makeRouter()
        router.get("/wait") { _, _ in
            begun.increment()
            if !(await never.waitUnlessCancelled()) { cancelled.increment() }
            return "late"
        }
        try await TestServer.run(router, configure: { $0.cancellationGrace = .milliseconds(50) }) { server in
            let client = try server.connect()
            try client.send(FastCGIRequest("GET", "/wait"))
            await begun.reaches(1)
            await server.group.triggerGracefulShutdown()
            await cancelled.reaches(1)
            #expect(server.log.lines.contains { $0.message == "shutting connections down" })
        }
    }
}
