import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import TestSupport
import Testing

@testable import HummingbirdFastCGI

@Suite(.timeLimit(.minutes(2))) struct ResponseTests {
    private struct Unexpected: Error {}

    private static let cases: [(path: String, status: Int, text: String)] = [
        ("/throws", 500, #"{"error":"Internal Server Error"}"#),
        ("/http-error", 418, ""),
        ("/body-throws-first", 500, #"{"error":"Internal Server Error"}"#),
        ("/body-throws-later", 200, "some"),
        ("/stream-throws-first", 500, #"{"error":"Internal Server Error"}"#),
        ("/stream-throws-later", 200, "data: 1\n\n"),
        ("/unknown", 404, ""),
    ]

    private func router() -> Router<BasicFastCGIRequestContext> {
        let router = TestServer.makeRouter()
        router.get("/throws") { _, _ -> String in throw Unexpected() }
        router.get("/http-error") { _, _ -> String in throw HTTPError(.init(code: 418)) }
        let stream: HTTPFields = [.contentType: "text/event-stream; charset=utf-8"]
        router.get("/body-throws-first") { _, _ in Response(status: .ok, body: ResponseBody { _ in throw Unexpected() })
        }
        router.get("/body-throws-later") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "some"))
                    throw Unexpected()
                })
        }
        router.get("/stream-throws-first") { _, _ in
            Response(status: .ok, headers: stream, body: ResponseBody { _ in throw Unexpected() })
        }
        router.get("/stream-throws-later") { _, _ in
            Response(
                status: .ok, headers: stream,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "data: 1\n\n"))
                    throw Unexpected()
                })
        }
        router.get("/inject") { _, _ in
            var headers: HTTPFields = [.contentType: "text/plain\r\nX-Evil: 1"]
            headers[.location] = "/a\nX-Evil: 2"
            let status = HTTPResponse.Status(code: 200, reasonPhrase: "OK\r\nX-Evil: 3")
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: "x")))
        }
        router.on("/text", method: .head) { _, _ in
            Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "not sent")))
        }
        router.get("/download") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/octet-stream"],
                body: ResponseBody { writer in
                    for number in 0..<1_000 {
                        try await writer.write(ByteBuffer(repeating: UInt8(truncatingIfNeeded: number), count: 10_000))
                    }
                    try await writer.finish(nil)
                })
        }
        return router
    }

    @Test(
        "a failure before the first byte is a response, after it an end; the connection stays usable", arguments: cases)
    func failures(expected: (path: String, status: Int, text: String)) async throws {
        try await TestServer.run(router()) { server in
            let responses = try await FastCGIClient.onThread {
                let client = try server.connect()
                return try (0..<2).map { _ in
                    try client.send(FastCGIRequest("GET", expected.path))
                    return try client.readResponse()
                }
            }
            for response in responses {
                #expect(response?.status == expected.status)
                #expect(response?.text == expected.text)
            }
        }
    }

    @Test("a value with line breaks adds no header")
    func injection() async throws {
        try await TestServer.run(router()) { server in
            let response = try await server.answer(FastCGIRequest("GET", "/inject"))
            #expect(response?.headers["x-evil"] == nil)
            #expect(response?.headers["location"] == "/a X-Evil: 2")
            #expect(response?.text == "x")
        }
    }

    @Test("HEAD has the fields and no body")
    func head() async throws {
        try await TestServer.run(router()) { server in
            let response = try await server.answer(FastCGIRequest("HEAD", "/text"))
            #expect(response?.headers["content-length"] == "8")
            #expect(response?.body == [])
        }
    }

    @Test("10 MB come out in order")
    func download() async throws {
        try await TestServer.run(router()) { server in
            let body = try await server.answer(FastCGIRequest("GET", "/download"))?.body ?? []
            #expect(body.count == 10_000_000)
            let isInOrder = body.indices.allSatisfy { body[$0] == UInt8(truncatingIfNeeded: $0 / 10_000) }
            #expect(isInOrder)
        }
    }

    @Test("an error's description reaches neither the client nor the log")
    func privacy() async throws {
        struct Secret: Error, CustomStringConvertible { let description = "the prompt" }
        let router = TestServer.makeRouter()
        router.get("/") { _, _ -> String in throw Secret() }
        try await TestServer.run(router) { server in
            _ = try await server.answer(FastCGIRequest("GET", "/"))
            let errors = server.log.lines.filter { $0.level == .error }
            #expect(errors.count == 1)
            #expect(errors.first?.metadata["hb.request.id"] != nil)
            #expect(!errors.contains { "\($0)".contains("the prompt") })
        }
    }
}
