import TestSupport
import Testing

extension ServerBehindNginx {
    @Suite("Keys")
    struct KeyTests {
        private static let refusal = #"{"error":"No valid api key found."}"#

        @Test("the second word of Authorization is the key, whatever the scheme", arguments: Site.Scheme.allCases)
        func accepted(scheme: Site.Scheme) async throws {
            let site = try #require(SharedSite.current)
            for value in ["Bearer \(site.key)", "bearer \(site.key)", "Basic \(site.key)", "Bearer \(site.key) more"] {
                let answer = try await site.nginx.request(
                    "GET", "/api/v1/auth", headers: ["Authorization: \(value)"], scheme: scheme)
                #expect(answer.body == #"{"authenticated":true}"#, "\(value)")
            }
        }

        @Test("anything else is refused", arguments: Site.Scheme.allCases)
        func refused(scheme: Site.Scheme) async throws {
            let site = try #require(SharedSite.current)
            for value in [nil, site.key, "Bearer  \(site.key)", "Bearer \(site.key.lowercased())", "Bearer x"] {
                let answer = try await site.nginx.request(
                    "GET", "/api/v1/workspaces", headers: value.map { ["Authorization: \($0)"] } ?? [], scheme: scheme)
                #expect(answer.status == 403, "\(value ?? "none")")
                #expect(answer.header("Content-Type") == "application/json; charset=utf-8")
                #expect(answer.body == Self.refusal)
            }
        }

        @Test("ping and preflights need none")
        func open() async throws {
            let site = try #require(SharedSite.current)
            #expect(try await site.nginx.request("GET", "/api/ping").status == 200)
            let preflight = try await site.nginx.request(
                "OPTIONS", "/api/v1/workspace/new",
                headers: ["Origin: https://app.example", "Access-Control-Request-Headers: authorization,x-own"])
            #expect(preflight.status == 204)
            #expect(preflight.header("Access-Control-Allow-Origin") == "https://app.example")
            #expect(preflight.header("Access-Control-Allow-Methods") == "GET,HEAD,PUT,PATCH,POST,DELETE")
            #expect(preflight.header("Access-Control-Allow-Headers") == "authorization,x-own")
        }

        @Test(
            "past nginx there is no way in without the id of a key", arguments: [[], [("CARREL_KEY_ID", "")]])
        func backendRefuses(parameters: [(String, String)]) async throws {
            let site = try #require(SharedSite.current)
            for (method, path) in [
                ("GET", "/api/v1/auth"), ("GET", "/API/V1/workspaces"), ("POST", "/api/v1/workspace/new"),
                ("POST", "/api/v1/workspace/x/stream-chat"), ("POST", "/api/v1/document/upload"),
            ] {
                let answer = try await direct(site, FastCGIRequest(method, path, parameters: parameters))
                #expect(answer.status == 403, "\(path)")
                #expect(answer.headers["content-type"] == "application/json; charset=utf-8")
                #expect(answer.text == Self.refusal)
            }
            #expect(try await direct(site, FastCGIRequest("GET", "/api/ping")).text == #"{"online":true}"#)
        }

        @Test("the backend itself tells nginx not to buffer a stream")
        func bufferingHint() async throws {
            let site = try #require(SharedSite.current)
            let slug = try await site.workspace("Hint")
            let answer = try await direct(
                site,
                FastCGIRequest(
                    "POST", "/api/v1/workspace/\(slug)/stream-chat",
                    parameters: [("CARREL_KEY_ID", "1"), ("CONTENT_TYPE", "application/json")],
                    body: Array(#"{"message":"hello"}"#.utf8)))
            #expect(answer.status == 200)
            #expect(answer.headers["x-accel-buffering"] == "no")
            #expect(answer.headers["content-type"] == "text/event-stream")
        }

        private func direct(_ site: Site, _ request: FastCGIRequest) async throws -> FastCGIResponse {
            let socket = site.socket
            return try await FastCGIClient.onThread {
                let client = try FastCGIClient(unixSocket: socket)
                try client.send(request)
                guard let response = try client.readResponse() else { throw FastCGIClient.Failure.endInsideRecord }
                return response
            }
        }
    }
}
