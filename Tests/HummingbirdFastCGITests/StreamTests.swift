import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import HummingbirdFastCGI

@Suite(.timeLimit(.minutes(2))) struct StreamTests {
    static let eventStream: HTTPFields = [.contentType: "text/event-stream"]

    /// Writes an event, waits for the gate or cancellation, writes another; counts what it saw.
    private func stream(
        _ headers: HTTPFields = eventStream, gate: ManualGate, begun: ManualCounter, cancelled: ManualCounter
    ) -> Response {
        Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: "data: 1\n\n"))
                begun.increment()
                guard await gate.waitUnlessCancelled() else {
                    cancelled.increment()
                    throw CancellationError()
                }
                try await writer.write(ByteBuffer(string: "data: 2\n\n"))
                try await writer.finish(nil)
            })
    }

    @Test("each event is sent at once, the head before the first wait, and nginx is told not to buffer")
    func flushing() async throws {
        let (first, second) = (ManualGate(), ManualGate())
        let router = TestServer.makeRouter()
        router.get("/stream") { _, _ in
            Response(
                status: .ok, headers: Self.eventStream,
                body: ResponseBody { writer in
                    await first.wait()
                    try await writer.write(ByteBuffer(string: "data: 1\n\n"))
                    await second.wait()
                    try await writer.write(ByteBuffer(string: "data: 2\n\n"))
                    try await writer.finish(nil)
                })
        }
        try await TestServer.run(router) { server in
            let client = try server.connect()
            try client.send(FastCGIRequest("GET", "/stream"))
            let head = try await FastCGIClient.onThread { try client.readOutput(until: "\r\n\r\n") }
            #expect(head.lowercased().contains("x-accel-buffering: no"))
            #expect(server.scoreboard.snapshot().streaming == 1)
            first.open()
            #expect(try await FastCGIClient.onThread { try client.readOutput(until: "data: 1\n\n") } == "data: 1\n\n")
            second.open()
            #expect(try await FastCGIClient.onThread { try client.readOutput(until: "data: 2\n\n") } == "data: 2\n\n")
        }
    }

    @Test("the record of a head that leaves alone has no padding, however long the head is", arguments: 0..<8)
    func headWithoutPadding(length: Int) async throws {
        let gate = ManualGate()
        let name = try #require(HTTPField.Name("X-Length"))
        let router = TestServer.makeRouter()
        router.get("/stream") { _, _ in
            var headers = Self.eventStream
            headers[name] = String(repeating: "x", count: length + 1)
            return Response(
                status: .ok, headers: headers,
                body: ResponseBody { writer in
                    await gate.wait()
                    try await writer.finish(nil)
                })
        }
        try await TestServer.run(router) { server in
            defer { gate.open() }
            let client = try server.connect()
            try client.send(FastCGIRequest("GET", "/stream"))
            let record = try #require(try await FastCGIClient.onThread { try client.readRecord() })
            #expect(record.type == FastCGIRecord.Kind.output)
            #expect(record.padding == 0)
            #expect(record.content.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A])
        }
    }

    @Test(
        "a hang-up cancels a stream",
        arguments: ["Content-Type: text/event-stream", "content-type: Text/Event-Stream; x=y", "X-Accel-Buffering: no"])
    func hangUp(header: String) async throws {
        let (gate, begun, cancelled) = (ManualGate(), ManualCounter(), ManualCounter())
        let router = TestServer.makeRouter()
        let parts = header.split(separator: ": ").map(String.init)
        let name = try #require(HTTPField.Name(parts[0]))
        router.get("/stream") { _, _ in
            stream([name: parts[1]], gate: gate, begun: begun, cancelled: cancelled)
        }
        try await TestServer.run(router) { server in
            let client = try server.connect()
            try client.send(FastCGIRequest("GET", "/stream"))
            await begun.reaches(1)
            client.hangUp()
            await cancelled.reaches(1)
            await server.scoreboardShows { $0.inFlight == 0 }
        }
    }

    @Test("an abort record cancels a stream")
    func abort() async throws {
        let (gate, begun, cancelled) = (ManualGate(), ManualCounter(), ManualCounter())
        let router = TestServer.makeRouter()
        router.post("/stream") { request, _ in
            _ = try await request.body.collect(upTo: 100)
            return stream(gate: gate, begun: begun, cancelled: cancelled)
        }
        try await TestServer.run(router) { server in
            let client = try server.connect()
            try client.send(FastCGIRequest("POST", "/stream", body: [1]))
            await begun.reaches(1)
            try client.send([FastCGIRecord(type: FastCGIRecord.Kind.abortRequest)])
            await cancelled.reaches(1)
        }
    }

    @Test("a hang-up does not cancel a handler that does not stream")
    func synchronous() async throws {
        let (gate, begun) = (ManualGate(), ManualCounter())
        let outcome = Mutex<Bool?>(nil)
        let finished = ManualCounter()
        let router = TestServer.makeRouter()
        router.get("/chat") { _, _ in
            begun.increment()
            await gate.wait()
            outcome.withLock { $0 = Task.isCancelled }
            finished.increment()
            return "stored"
        }
        try await hangUp(on: "/chat", router, once: begun, then: gate, until: finished)
        #expect(outcome.withLock { $0 } == false)
    }

    /// Hangs up on a handler that has begun, and lets it go on once another request was answered.
    private func hangUp(
        on path: String, _ router: Router<BasicFastCGIRequestContext>, once begun: ManualCounter, then gate: ManualGate,
        until finished: ManualCounter
    ) async throws {
        router.get("/other") { _, _ in "other" }
        try await TestServer.run(router) { server in
            let client = try server.connect()
            try client.send(FastCGIRequest("GET", path))
            await begun.reaches(1)
            client.hangUp()
            #expect(try await server.answer(FastCGIRequest("GET", "/other"))?.text == "other")
            gate.open()
            await finished.reaches(1)
        }
    }

    @Test("a hang-up cancels the work that a handler names, also when it came before", arguments: [false, true])
    func cancelledWork(isEarly: Bool) async throws {
        let (gate, begun, finished) = (ManualGate(), ManualCounter(), ManualCounter())
        let never = ManualGate()
        let outcome = Mutex<[Bool]>([])
        let router = TestServer.makeRouter()
        router.get("/work") { _, context in
            if isEarly {
                begun.increment()
                await gate.wait()
            }
            await context.hangUp.beginCancelling()
            if !isEarly { begun.increment() }
            let isDone = await never.waitUnlessCancelled()
            let isGone = await context.hangUp.endCancelling()
            outcome.withLock { $0 = [isDone, isGone] }
            finished.increment()
            return "made"
        }
        router.get("/other") { _, _ in "other" }
        try await TestServer.run(router) { server in
            let client = try server.connect()
            try client.send(FastCGIRequest("GET", "/work"))
            await begun.reaches(1)
            client.hangUp()
            gate.open()
            await finished.reaches(1)
            #expect(outcome.withLock { $0 } == [false, true])
            #expect(try await server.answer(FastCGIRequest("GET", "/other"))?.text == "other")
        }
    }

    @Test("a hang-up after the work that a handler names cancels nothing")
    func afterCancelledWork() async throws {
        let (gate, begun, finished) = (ManualGate(), ManualCounter(), ManualCounter())
        let outcome = Mutex<[Bool]>([])
        let router = TestServer.makeRouter()
        router.get("/work") { _, context in
            await context.hangUp.beginCancelling()
            let isGone = await context.hangUp.endCancelling()
            begun.increment()
            await gate.wait()
            outcome.withLock { $0 = [isGone, Task.isCancelled] }
            finished.increment()
            return "stored"
        }
        try await hangUp(on: "/work", router, once: begun, then: gate, until: finished)
        #expect(outcome.withLock { $0 } == [false, false])
    }

    @Test("a hang-up before the head cancels a stream as soon as it is one")
    func hangUpBeforeHead() async throws {
        let (head, never) = (ManualGate(), ManualGate())
        let (begun, written, cancelled) = (ManualCounter(), ManualCounter(), ManualCounter())
        let router = TestServer.makeRouter()
        router.get("/stream") { _, _ in
            begun.increment()
            await head.wait()
            return Response(
                status: .ok, headers: Self.eventStream,
                body: ResponseBody { writer in
                    if !(await never.waitUnlessCancelled()) { cancelled.increment() }
                    written.increment()
                    try await writer.finish(nil)
                })
        }
        try await TestServer.run(router) { server in
            let client = try server.connect()
            try client.send(FastCGIRequest("GET", "/stream"))
            await begun.reaches(1)
            client.hangUp()
            head.open()
            await written.reaches(1)
            #expect(cancelled.value == 1)
        }
    }

    @Test("clean-up after cancellation may wait and still runs to its end")
    func cleanUp() async throws {
        let (never, cleaning, store) = (ManualGate(), ManualCounter(), ManualGate())
        let (begun, stored) = (ManualCounter(), ManualCounter())
        let router = TestServer.makeRouter()
        router.get("/stream") { _, _ in
            Response(
                status: .ok, headers: Self.eventStream,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "data: 1\n\n"))
                    begun.increment()
                    _ = await never.waitUnlessCancelled()
                    cleaning.increment()
                    await store.wait()
                    stored.increment()
                })
        }
        try await TestServer.run(router) { server in
            let client = try server.connect()
            try client.send(FastCGIRequest("GET", "/stream"))
            await begun.reaches(1)
            client.hangUp()
            await cleaning.reaches(1)
            store.open()
            await stored.reaches(1)
        }
    }

    @Test("300 slow streams at once")
    func many() async throws {
        let (gate, begun, cancelled) = (ManualGate(), ManualCounter(), ManualCounter())
        let router = TestServer.makeRouter()
        router.get("/stream") { _, _ in stream(gate: gate, begun: begun, cancelled: cancelled) }
        try await TestServer.run(router, configure: { $0.maxThreads = 400 }) { server in
            let clients = try (0..<300).map { _ in try server.connect() }
            for client in clients { try client.send(FastCGIRequest("GET", "/stream")) }
            await begun.reaches(300)
            #expect(server.scoreboard.snapshot().streaming == 300)
            gate.open()
            let texts = try await FastCGIClient.onThread { try clients.map { try $0.readResponse()?.text } }
            #expect(texts == Array(repeating: "data: 1\n\ndata: 2\n\n", count: 300))
            #expect(cancelled.value == 0)
        }
    }
}
