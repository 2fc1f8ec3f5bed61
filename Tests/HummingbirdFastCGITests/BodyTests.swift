import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import HummingbirdFastCGI

@Suite(.timeLimit(.minutes(2))) struct BodyTests {
    @Test(
        "bodies come back as they were sent", arguments: [0, 1, 8_191, 8_192, 8_193, 65_535, 65_536, 65_537, 300_000])
    func echo(size: Int) async throws {
        let router = TestServer.makeRouter()
        router.post("/echo") { request, _ in try await request.body.collect(upTo: 1 << 20) }
        try await TestServer.run(router) { server in
            let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let response = try await server.answer(FastCGIRequest("POST", "/echo", body: body))
            #expect(response?.status == 200)
            #expect(response?.body == body)
        }
    }

    @Test("100 MB arrive in chunks of at most 64 KB")
    func large() async throws {
        let router = TestServer.makeRouter()
        router.post("/count") { request, _ in
            var total = 0
            var largest = 0
            for try await chunk in request.body {
                total += chunk.readableBytes
                largest = max(largest, chunk.readableBytes)
            }
            return "\(total) \(largest)"
        }
        try await TestServer.run(router) { server in
            let text = try await FastCGIClient.onThread {
                let client = try server.connect()
                var request = FastCGIRequest("POST", "/count")
                request.parameters.insert(("CONTENT_LENGTH", "100000000"), at: 0)
                try client.send(request.head)
                let record = FastCGIRecord(
                    type: FastCGIRecord.Kind.input, content: [UInt8](repeating: 7, count: 50_000)
                ).encoded
                for _ in 0..<2_000 { try client.send(record) }
                try client.send([FastCGIRecord(type: FastCGIRecord.Kind.input)])
                return try client.readResponse()?.text
            }
            #expect(text == "100000000 65536")
        }
    }

    @Test("a body without a length is read to its end")
    func unknownLength() async throws {
        let router = TestServer.makeRouter()
        router.post("/echo") { request, _ in try await request.body.collect(upTo: 1 << 20) }
        try await TestServer.run(router) { server in
            var request = FastCGIRequest("POST", "/echo", body: Array("chunked".utf8))
            request.parameters.removeAll { $0.0 == "CONTENT_LENGTH" }
            let text = try await server.answer(request)?.text
            #expect(text == "chunked")
        }
    }

    @Test("a body shorter or longer than declared is a bad request", arguments: [3, 20])
    func mismatch(actual: Int) async throws {
        let router = TestServer.makeRouter()
        router.post("/echo") { request, _ in try await request.body.collect(upTo: 1 << 20) }
        try await TestServer.run(router) { server in
            var request = FastCGIRequest("POST", "/echo", body: [UInt8](repeating: 1, count: actual))
            request.parameters.insert(("CONTENT_LENGTH", "10"), at: 0)
            let response = try await server.answer(request)
            #expect(response?.status == 400)
            #expect(response?.text == #"{"error":"Bad Request"}"#)
        }
    }

    @Test(
        "an unread body leaves the connection usable, or closes it after the response", arguments: [60_000, 3_000_000])
    func unread(size: Int) async throws {
        let router = TestServer.makeRouter()
        router.post("/ignore") { _, _ in "done" }
        try await TestServer.run(router) { server in
            let texts = try await FastCGIClient.onThread {
                let client = try server.connect()
                try client.send(FastCGIRequest("POST", "/ignore", body: [UInt8](repeating: 1, count: size)))
                let first = try client.readResponse()?.text
                if size > 65_536 { return [first, try client.readRecord() == nil ? "closed" : "open"] }
                try client.send(FastCGIRequest("POST", "/ignore", body: [1]))
                return [first, try client.readResponse()?.text]
            }
            #expect(texts == ["done", size > 65_536 ? "closed" : "done"])
        }
    }

    @Test(
        "a response ends although the rest of its body, or only the body's end record, does not come: nginx sends no more",
        arguments: [1_000_000, 1_000])
    func stalled(declared: Int) async throws {
        let router = TestServer.makeRouter()
        router.post("/begin") { request, _ in
            for try await _ in request.body { break }
            return "refused"
        }
        try await TestServer.run(router) { server in
            let texts = try await FastCGIClient.onThread {
                let client = try server.connect()
                var request = FastCGIRequest("POST", "/begin")
                request.parameters.insert(("CONTENT_LENGTH", String(declared)), at: 0)
                try client.send(request.head)
                let part = [UInt8](repeating: 1, count: declared == 1_000 ? 1_000 : 65_535)
                try client.send([FastCGIRecord(type: FastCGIRecord.Kind.input, content: part)])
                if declared > 1_000 {
                    // A handler gets 64 KB at a time; one byte is left.
                    try client.send([FastCGIRecord(type: FastCGIRecord.Kind.input, content: [1, 1])])
                }
                return [try client.readResponse()?.text, try client.readRecord() == nil ? "closed" : "open"]
            }
            #expect(texts == ["refused", "closed"])
        }
    }

    @Test("a client that leaves inside its body ends the handler with an error")
    func cutBody() async throws {
        let router = TestServer.makeRouter()
        let failed = ManualCounter()
        let hasBegun = ManualGate()
        router.post("/echo") { request, _ in
            do {
                for try await _ in request.body { hasBegun.open() }
            } catch FastCGIError.clientDisconnected {
                failed.increment()
            }
            return "never read"
        }
        try await TestServer.run(router) { server in
            let client = try server.connect()
            var request = FastCGIRequest("POST", "/echo")
            request.parameters.insert(("CONTENT_LENGTH", "1000000"), at: 0)
            try client.send(request.head)
            try client.send([
                FastCGIRecord(type: FastCGIRecord.Kind.input, content: [UInt8](repeating: 1, count: 65_535)),
                FastCGIRecord(type: FastCGIRecord.Kind.input, content: [UInt8](repeating: 1, count: 65_535)),
            ])
            await hasBegun.wait()
            client.hangUp()
            await failed.reaches(1)
        }
    }

    @Test("body and writer work from any task")
    func otherTasks() async throws {
        let router = TestServer.makeRouter()
        router.post("/echo") { request, _ -> Response in
            let body = try await Task.detached { try await request.body.collect(upTo: 1 << 20) }.value
            return Response(
                status: .ok,
                body: ResponseBody { writer in
                    // A child task on another executor; the writer hops to its own thread.
                    let copy = UncheckedWriter(writer: writer)
                    try await Task.detached { try await copy.write(body) }.value
                    try await writer.finish(nil)
                })
        }
        try await TestServer.run(router) { server in
            let response = try await server.answer(FastCGIRequest("POST", "/echo", body: Array("hop".utf8)))
            #expect(response?.text == "hop")
        }
    }

    @Test("a body used after its request throws and touches nothing")
    func escapedBody() async throws {
        let router = TestServer.makeRouter()
        let stash = Mutex<RequestBody?>(nil)
        router.post("/keep") { request, _ in
            stash.withLock { $0 = request.body }
            return "kept"
        }
        try await TestServer.run(router) { server in
            _ = try await server.answer(FastCGIRequest("POST", "/keep", body: [1, 2, 3]))
            await server.scoreboardShows { $0.inFlight == 0 }
            let body = try #require(stash.withLock { $0 })
            await #expect(throws: FastCGIError.requestEnded) { _ = try await body.collect(upTo: 10) }
        }
    }
}

/// @unchecked Sendable: the test uses the writer from one task at a time.
private struct UncheckedWriter: @unchecked Sendable {
    let writer: any ResponseBodyWriter

    func write(_ buffer: ByteBuffer) async throws {
        var writer = writer
        try await writer.write(buffer)
    }
}
