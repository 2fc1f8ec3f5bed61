import Foundation
import TestSupport
import Testing

/// The way of a request through nginx, up to a backend that shows what reached it. Contract: workspaces.md 1.1 and 1.3.
@Suite("nginx checks keys and speaks JSON")
struct NginxKeyCheckTests {
    private static let key = "ABCDEFG-1234567-ABCDEFG-1234567"
    /// `printf %s KEY | openssl dgst -sha256 -binary | base64 | tr '+/' '-_' | tr -d =`
    private static let keyHash = "pwm45SDrAbCO7OXd_Vlv40xWdqCA1Tupfd9Bvx1EcSg"
    private static let refusal = #"{"error":"No valid api key found."}"#

    /// nginx with one key, whose id is 7, and the backend behind it.
    private struct Site {
        let backend: NginxEchoBackend
        let nginx: NginxServer
        private let directory: TemporaryDirectory

        init() async throws {
            directory = try TemporaryDirectory()
            let map = try directory.write("\"\(NginxKeyCheckTests.keyHash)\" \"7\";\n", to: "keys.map")
            backend = try NginxEchoBackend()
            nginx = try await NginxServer(backendSocket: backend.socketPath, keyMap: map)
        }
    }

    private static func lines(_ response: NginxResponse) -> [Substring] {
        response.body.split(separator: "\n")
    }

    @Test("the second space-separated word is the key, whatever the scheme")
    func acceptedKeys() async throws {
        let site = try await Site()
        for value in ["Bearer", "bearer", "Basic", "x"].map({ "\($0) \(Self.key)" }) + ["Bearer \(Self.key) more words"]
        {
            let response = try await site.nginx.request("GET", "/api/v1/auth", headers: ["Authorization: \(value)"])
            #expect(response.status == 200, "\(value)")
            #expect(Self.lines(response).contains("CARREL_KEY_ID=7"), "\(value)")
        }
    }

    @Test("anything else is refused by nginx with the contract's body", arguments: NginxServer.Scheme.allCases)
    func refusedKeys(scheme: NginxServer.Scheme) async throws {
        let site = try await Site()
        let values: [String?] = [
            nil, "", Self.key, "Bearer", "Bearer  \(Self.key)", "Bearer wrong", "Bearer \(Self.key.lowercased())",
            "Bearer \(Self.keyHash)", "Bearer 7", "Bearer default",
        ]
        for value in values {
            let headers = value.map { [$0.isEmpty ? "Authorization;" : "Authorization: \($0)"] } ?? []
            // The path ends like a picture: the type of the answer must not follow it.
            let response = try await site.nginx.request(
                "GET", "/api/v1/document/a.png", headers: headers + ["Origin: https://app.example"], scheme: scheme)
            #expect(response.status == 403, "\(value ?? "no header")")
            #expect(response.body == Self.refusal)
            #expect(response.header("Content-Type") == "application/json; charset=utf-8")
            #expect(response.header("Access-Control-Allow-Origin") == "https://app.example")
            #expect(response.header("Vary") == "Origin")
        }
    }

    @Test(
        "streams and uploads are checked too",
        arguments: [
            "/api/v1/workspace/s/stream-chat", "/api/v1/workspace/s/thread/t/stream-chat",
            "/api/v1/openai/chat/completions", "/api/v1/document/upload", "/api/v1/document/upload/folder",
            "/API/V1/Workspace/s/Stream-Chat/", "/api/ping/../v1/auth", "/api/v1/ping", "/api/pingx",
        ])
    func everyRouteIsChecked(path: String) async throws {
        let site = try await Site()
        #expect(try await site.nginx.request("POST", path, body: "{}").body == Self.refusal)
        let headers = ["Authorization: Bearer \(Self.key)"]
        #expect(try await site.nginx.request("POST", path, headers: headers, body: "{}").status == 200)
    }

    @Test("ping and preflights need no key", arguments: ["/api/ping", "/api/ping/", "/API/Ping"])
    func openRequests(path: String) async throws {
        let site = try await Site()
        #expect(Self.lines(try await site.nginx.request("GET", path)).contains("CARREL_KEY_ID="))
        let preflight = try await site.nginx.request("OPTIONS", "/api/v1/workspace/s/stream-chat")
        #expect(Self.lines(preflight).contains("REQUEST_METHOD=OPTIONS"))
        #expect(Self.lines(preflight).contains("CARREL_KEY_ID="))
    }

    @Test("the backend sees the request as sent, the key's id, and never the key")
    func parameters() async throws {
        let site = try await Site()
        let response = try await site.nginx.request(
            "POST", "/api/v1/Document/a%2Fb%20c?x=%41&y",
            headers: [
                "Authorization: Bearer \(Self.key)", "Content-Type: text/plain", "Carrel-Key-Id: 1",
                "CARREL_KEY_ID: 1",
            ], body: "hello")
        let lines = Self.lines(response)
        for expected in [
            "REQUEST_METHOD=POST", "REQUEST_URI=/api/v1/Document/a%2Fb%20c?x=%41&y", "QUERY_STRING=x=%41&y",
            "CONTENT_TYPE=text/plain", "CONTENT_LENGTH=5", "REQUEST_SCHEME=https", "HTTPS=on", "REMOTE_ADDR=127.0.0.1",
            "CARREL_KEY_ID=7", "BODY=5",
        ] {
            #expect(lines.contains(Substring(expected)), "\(expected)")
        }
        #expect(lines.filter { $0.hasPrefix("CARREL_KEY_ID=") }.count == 1)
        #expect(!lines.contains { $0.hasPrefix("HTTP_AUTHORIZATION") })
        #expect(!response.body.contains(Self.key))
    }

    /// nginx knows the length of a body that it has read whole; an upload is passed on while it comes.
    @Test(
        "a body sent in chunks arrives whole, with its length unless it is an upload",
        arguments: [("raw-text", "300000"), ("upload", "")])
    func chunkedBody(route: String, length: String) async throws {
        let site = try await Site()
        let response = try await site.nginx.request(
            "POST", "/api/v1/document/\(route)",
            headers: ["Authorization: Bearer \(Self.key)", "Transfer-Encoding: chunked"],
            body: String(repeating: "x", count: 300_000), scheme: .http)
        #expect(Self.lines(response).contains("BODY=300000"))
        #expect(Self.lines(response).contains("CONTENT_LENGTH=\(length)"))
    }

    @Test("errors of the backend pass untouched")
    func backendErrors() async throws {
        let site = try await Site()
        for status in [400, 403, 404, 413, 500, 502, 503] {
            let response = try await site.nginx.request(
                "GET", "/api/v1/auth?status=\(status)", headers: ["Authorization: Bearer \(Self.key)"])
            #expect(response.status == status)
            #expect(response.body == #"{"message":"mine"}"#)
        }
    }

    @Test("requests that nginx cannot read are answered in JSON", arguments: NginxServer.Scheme.allCases)
    func malformedRequests(scheme: NginxServer.Scheme) async throws {
        let site = try await Site()
        let key = "Authorization: Bearer \(Self.key)"
        var cases: [(method: String, path: String, headers: [String], status: Int)] = [
            ("GET", "/api/v1/workspace/%E0%A4%A", [key], 400), ("GET", "/api/v1/workspace/%zz", [], 400),
            ("GET", "/api/v1/workspace/%00", [key], 400), ("TRACE", "/api/v1/auth", [key], 405),
            ("GET", "/api/v1/auth", [key, "Authorization: Bearer other"], 400),
        ]
        if scheme == .http {
            let long = String(repeating: "a", count: 9_000)
            cases += [("GET", "/api/v1/\(long)", [key], 414), ("GET", "/api/v1/auth", [key, "X-Long: \(long)"], 400)]
        }
        for (method, path, headers, status) in cases {
            let response = try await site.nginx.request(method, path, headers: headers, scheme: scheme)
            #expect(response.status == status, "\(method) \(path.prefix(40))")
            #expect(response.header("Content-Type") == "application/json; charset=utf-8")
            #expect(response.body.hasPrefix(#"{"error":""#), "\(method) \(path.prefix(40))")
        }
    }

    @Test("a site beside Carrel keeps nginx's own pages")
    func foreignRequestsKeepTheirPages() async throws {
        let site = try await Site()
        for (method, path) in [("GET", "/x%zz"), ("TRACE", "/x"), ("GET", "/carrel-error"), ("GET", "/apix")] {
            let response = try await site.nginx.request(method, path, scheme: .http)
            #expect(response.status >= 400)
            #expect(response.header("Content-Type") == "text/html", "\(method) \(path)")
        }
    }

    @Test("a body over the limit is refused before it is read", arguments: NginxServer.Scheme.allCases)
    func tooLargeBody(scheme: NginxServer.Scheme) async throws {
        let site = try await Site()
        // A file with a hole: its length is all that counts, since nginx refuses on reading Content-Length.
        let directory = try TemporaryDirectory()
        let file = try directory.write("", to: "large")
        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.truncate(atOffset: 3 << 30 | 1)
        try handle.close()
        let response = try await site.nginx.request(
            "PUT", "/api/v1/document/upload", headers: ["Authorization: Bearer \(Self.key)"], uploading: file,
            scheme: scheme)
        #expect(response.status == 413)
        #expect(response.header("Content-Type") == "application/json; charset=utf-8")
        #expect(response.body == #"{"error":"The request body is too large."}"#)
    }

    @Test(
        "without a key nobody may send a body: nginx would keep it, and an upload occupies Carrel",
        arguments: [
            ("OPTIONS", "/api/v1/workspace/new"), ("OPTIONS", "/api/v1/document/upload"),
            ("OPTIONS", "/api/v1/workspace/s/stream-chat"), ("OPTIONS", "/API/V1/auth"), ("OPTIONS", "/api/ping"),
            ("GET", "/api/ping"), ("POST", "/api/ping/"),
        ], NginxServer.Scheme.allCases)
    func bodyWithoutKey(request: (method: String, path: String), scheme: NginxServer.Scheme) async throws {
        let site = try await Site()
        for headers in [[], ["Transfer-Encoding: chunked"]] where scheme == .http || headers.isEmpty {
            let response = try await site.nginx.request(
                request.method, request.path, headers: headers, body: String(repeating: "x", count: 5_000),
                scheme: scheme)
            #expect(response.status == 413, "\(headers)")
            #expect(response.body == #"{"error":"The request body is too large."}"#)
        }
        let small = try await site.nginx.request(request.method, request.path, body: "{}", scheme: scheme)
        #expect(Self.lines(small).contains("REQUEST_METHOD=\(request.method)"))
        #expect(Self.lines(small).contains("REQUEST_URI=\(request.path)"))
        #expect(Self.lines(small).contains("CARREL_KEY_ID="))
    }

    @Test("a path in capitals may have as large a body as any other")
    func largeBodyInCapitals() async throws {
        let site = try await Site()
        let response = try await site.nginx.request(
            "POST", "/API/v1/document/raw-text", headers: ["Authorization: Bearer \(Self.key)"],
            body: String(repeating: "x", count: 3_000_000), scheme: .http)
        #expect(Self.lines(response).contains("BODY=3000000"))
    }

    @Test("without a backend the answer is 502 in JSON, and the next backend is found without a reload")
    func backendAway() async throws {
        let directory = try TemporaryDirectory()
        let nginx = try await NginxServer(backendSocket: directory.file("nobody"))
        for path in ["/api/ping", "/api/ping/"] {
            let response = try await nginx.request("GET", path, headers: ["Origin: https://app.example"])
            #expect(response.status == 502)
            #expect(response.body == #"{"error":"Carrel is not running."}"#)
            #expect(response.header("Access-Control-Allow-Origin") == "https://app.example")
        }
        let backend = try NginxEchoBackend()
        try FileManager.default.createSymbolicLink(
            atPath: directory.file("nobody"), withDestinationPath: backend.socketPath)
        #expect(try await nginx.request("GET", "/api/ping").status == 200)
    }
}
