import Hummingbird
import TestSupport
import Testing

@testable import HummingbirdFastCGI

@Suite(.timeLimit(.minutes(2))) struct RobustnessTests {
    private func router() -> Router<BasicFastCGIRequestContext> {
        let router = TestServer.makeRouter()
        router.get("/ping") { _, _ in "pong" }
        router.post("/ping") { request, _ in "\(try await request.body.collect(upTo: 1 << 20).readableBytes)" }
        return router
    }

    @Test("random bytes do not stop the server", arguments: 1...20)
    func garbage(seed: UInt64) async throws {
        try await TestServer.run(router()) { server in
            var state = seed
            let bytes = (0..<2_000).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
            let client = try server.connect()
            try client.send(bytes)
            client.hangUp()
            #expect(try await server.answer(FastCGIRequest("GET", "/ping"))?.text == "pong")
        }
    }

    @Test("a request cut off at any byte does not stop the server")
    func cuts() async throws {
        try await TestServer.run(router()) { server in
            let request = FastCGIRequest("POST", "/ping", body: Array("body".utf8))
            let records = request.head + FastCGIRecord.stream(request.body, type: FastCGIRecord.Kind.input)
            let bytes = records.flatMap(\.encoded)
            for length in bytes.indices {
                let client = try server.connect()
                try client.send(Array(bytes[..<length]))
                client.hangUp()
            }
            #expect(try await server.answer(request)?.text == "4")
            await server.scoreboardShows { $0.reading == 0 && $0.inFlight == 0 }
        }
    }

    @Test("records of other types, versions and requests are survived", arguments: 0...255 as ClosedRange<UInt8>)
    func oddRecords(type: UInt8) async throws {
        try await TestServer.run(router()) { server in
            let client = try server.connect()
            // In one piece: the server may close the connection as soon as it has read the first record.
            let odd = FastCGIRecord(type: type, requestID: 9, content: [1, 2, 3], padding: 5).encoded
            try client.send(odd + [type, 1, 0, 1, 0, 0, 0, 0])
            client.hangUp()
            #expect(try await server.answer(FastCGIRequest("GET", "/ping"))?.text == "pong")
        }
    }

    @Test("FCGI_GET_VALUES is answered and a request may follow")
    func managementRecord() async throws {
        try await TestServer.run(router()) { server in
            let (values, text) = try await FastCGIClient.onThread {
                let client = try server.connect()
                let names = FastCGIRecord.encode(parameters: [("FCGI_MPXS_CONNS", "")])
                try client.send([FastCGIRecord(type: FastCGIRecord.Kind.getValues, requestID: 0, content: names)])
                // libfcgi 2.4.2 looks for the next record before it answers this one.
                try client.send(FastCGIRequest("GET", "/ping"))
                let values = try client.readRecord()
                return (values, try client.readResponse()?.text)
            }
            #expect(values?.type == FastCGIRecord.Kind.getValuesResult)
            #expect(values?.content == FastCGIRecord.encode(parameters: [("FCGI_MPXS_CONNS", "0")]))
            #expect(text == "pong")
        }
    }

    @Test("connections without a request hold no thread")
    func idleConnections() async throws {
        try await TestServer.run(router(), configure: { ($0.minThreads, $0.maxThreads) = (1, 2) }) { server in
            let silent = try (0..<50).map { _ in try server.connect() }
            let used = try (0..<50).map { _ in try server.connect() }
            let texts = try await FastCGIClient.onThread {
                try used.map { client in
                    try client.send(FastCGIRequest("GET", "/ping"))
                    return try client.readResponse()?.text
                }
            }
            #expect(texts == Array(repeating: "pong", count: 50))
            for client in silent { client.hangUp() }
        }
    }
}
