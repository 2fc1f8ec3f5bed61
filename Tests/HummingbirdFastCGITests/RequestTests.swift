import HTTPTypes
import Hummingbird
import TestSupport
import Testing

@testable import HummingbirdFastCGI

@Suite(.timeLimit(.minutes(2))) struct RequestTests {
    private func echoRouter() -> Router<BasicFastCGIRequestContext> {
        let router = TestServer.makeRouter()
        router.get("/parameter") { _, context -> String in
            let value = context.fastCGIParameters.first { $0.name.hasPrefix("X") }
            return "\(value?.name.utf8.count ?? -1) \(value?.value.utf8.count ?? -1)"
        }
        router.get("/head") { request, context -> String in
            let parts: [String?] = [
                request.uri.path, request.uri.query, request.head.authority, request.head.scheme,
                request.headers[.userAgent], request.headers[.contentType],
                context.fastCGIParameters["CARREL_KEY_ID"],
                request.headers.first { $0.name.canonicalName == "host" }?.value,
            ]
            return parts.map { $0 ?? "-" }.joined(separator: "|")
        }
        return router
    }

    @Test(
        "parameter names and values of any length arrive whole",
        arguments: [1, 127, 128, 65_536], [0, 127, 128, 65_536])
    func lengths(name: Int, value: Int) async throws {
        try await TestServer.run(echoRouter()) { server in
            let parameter = (String(repeating: "X", count: name), String(repeating: "v", count: value))
            let response = try await server.answer(FastCGIRequest("GET", "/parameter", parameters: [parameter]))
            #expect(response?.text == "\(name) \(value)")
        }
    }

    @Test("CGI variables become a request line, fields and parameters")
    func translation() async throws {
        try await TestServer.run(echoRouter()) { server in
            let request = FastCGIRequest(
                "GET", "/head?a=%20b",
                parameters: [
                    ("HTTP_HOST", "example.org:8443"), ("HTTP_USER_AGENT", "curl/8"), ("CONTENT_TYPE", "text/plain"),
                    ("HTTP_CONTENT_TYPE", "ignored/one"), ("REQUEST_SCHEME", "https"), ("CARREL_KEY_ID", "7"),
                    ("HTTP_BAD NAME", "dropped"),
                ])
            let response = try await server.answer(request)
            #expect(response?.text == "/head|a=%20b|example.org:8443|https|curl/8|text/plain|7|-")
        }
    }

    @Test("without REQUEST_URI the script name and query serve")
    func scriptName() throws {
        let head = try RequestHead(
            FastCGIParameters([
                "REQUEST_METHOD": "POST", "SCRIPT_NAME": "/a/b", "QUERY_STRING": "c=d", "CONTENT_LENGTH": "0",
            ]))
        #expect(head.request.path == "/a/b?c=d")
        #expect(head.contentLength == 0)
        #expect(!head.mayHaveBody)
    }

    @Test(
        "what is not an HTTP request is answered with 400 in JSON",
        arguments: [
            [("REQUEST_URI", "/")],
            [("REQUEST_METHOD", "G T"), ("REQUEST_URI", "/")],
            [("REQUEST_METHOD", "GET")],
            [("REQUEST_METHOD", "GET"), ("REQUEST_URI", "")],
            [("REQUEST_METHOD", "GET"), ("REQUEST_URI", "*")],
            [("REQUEST_METHOD", "GET"), ("REQUEST_URI", "/"), ("CONTENT_LENGTH", "-1")],
            [("REQUEST_METHOD", "GET"), ("REQUEST_URI", "/"), ("CONTENT_LENGTH", "1e3")],
            [("REQUEST_METHOD", "GET"), ("REQUEST_URI", "/"), ("CONTENT_LENGTH", "99999999999999999999")],
            [],
        ])
    func malformed(parameters: [(String, String)]) async throws {
        try await TestServer.run(echoRouter()) { server in
            var request = FastCGIRequest("GET", "/head")
            request.parameters = parameters
            let response = try await server.answer(request)
            #expect(response?.status == 400)
            #expect(response?.headers["content-type"] == "application/json")
            #expect(response?.text == #"{"error":"Bad Request"}"#)
        }
    }

    @Test("a role other than responder is refused")
    func role() async throws {
        try await TestServer.run(echoRouter()) { server in
            let status = try await FastCGIClient.onThread {
                let client = try server.connect()
                var records = FastCGIRequest("GET", "/head").head
                records[0] = .begin(role: 2, keepConnection: true)
                try client.send(records + [FastCGIRecord(type: FastCGIRecord.Kind.input)])
                return try client.readResponse()?.status
            }
            #expect(status == 400)
        }
    }

    @Test("records may be cut and padded anyhow", arguments: [1, 7, 65_535], [0, 1, 255] as [UInt8])
    func framing(limit: Int, padding: UInt8) async throws {
        let router = TestServer.makeRouter()
        router.post("/echo") { request, _ in try await request.body.collect(upTo: 1 << 20) }
        try await TestServer.run(router) { server in
            let body = Array("0123456789".utf8)
            let request = FastCGIRequest("POST", "/echo", body: body)
            let stream = FastCGIRecord.encode(parameters: request.parameters)
            let records =
                [FastCGIRecord.begin(keepConnection: true)]
                + FastCGIRecord.stream(stream, type: FastCGIRecord.Kind.parameters, limit: limit, padding: padding)
                + FastCGIRecord.stream(body, type: FastCGIRecord.Kind.input, limit: limit, padding: padding)
            let response = try await FastCGIClient.onThread {
                let client = try server.connect()
                try client.send(records)
                return try client.readResponse()
            }
            #expect(response?.body == body)
        }
    }

    @Test("one connection carries many requests")
    func keepAlive() async throws {
        try await TestServer.run(echoRouter()) { server in
            let texts = try await FastCGIClient.onThread {
                let client = try server.connect()
                return try (0..<50).map { number in
                    try client.send(FastCGIRequest("GET", "/head?\(number)"))
                    return try client.readResponse()?.text.split(separator: "|")[1]
                }
            }
            #expect(texts == (0..<50).map { Substring(String($0)) })
            #expect(server.scoreboard.snapshot().accepted == 50)
        }
    }

    @Test("without keep-alive the server closes the connection after the response")
    func closing() async throws {
        try await TestServer.run(echoRouter()) { server in
            let isClosed = try await FastCGIClient.onThread {
                let client = try server.connect()
                try client.send(FastCGIRequest("GET", "/head", keepConnection: false))
                _ = try client.readResponse()
                return try client.readRecord() == nil
            }
            #expect(isClosed)
        }
    }
}
