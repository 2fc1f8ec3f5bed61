import Foundation
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

        @Test("a key that is created beside the running server works until it is revoked")
        func lifeOfAKey() async throws {
            let site = try #require(SharedSite.current)
            let created = try await CarrelProgram.run(
                "keys", "create", "--name", "  for a day  ", environment: site.environment)
            #expect(created.status == 0, "\(created.errors)")
            let key = created.trimmedOutput
            #expect(key.wholeMatch(of: #/[0-9A-HJKMNP-TV-Z]{7}(-[0-9A-HJKMNP-TV-Z]{7}){3}/#) != nil)
            try await becomes(200, key, site)

            let listed = try await CarrelProgram.run("keys", "list", environment: site.environment)
            let line = try #require(listed.output.split(separator: "\n").first { $0.hasSuffix("\tfor a day") })
            #expect(line.wholeMatch(of: #/\d+\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\tfor a day/#) != nil)
            #expect(!listed.output.contains(key))

            let map = try String(contentsOfFile: site.folder.file("keys.map"), encoding: .utf8)
            let entries = map.split(separator: "\n").filter { !$0.hasPrefix("#") }
            #expect(entries.allSatisfy { $0.wholeMatch(of: #/"[A-Za-z0-9_-]{43}" "\d+";/#) != nil })
            #expect(!map.contains(key) && !map.contains(site.key))

            let id = String(line.prefix { $0 != "\t" })
            let revoked = try await CarrelProgram.run("keys", "revoke", id, environment: site.environment)
            #expect(revoked.status == 0, "\(revoked.errors)")
            try await becomes(403, key, site)
            #expect(!site.log.contains(key))
            let again = try await CarrelProgram.run("keys", "revoke", id, environment: site.environment)
            #expect(again.status != 0)
            #expect(again.errors.contains("There is no key \(id)."))
        }

        @Test("a key of one's own is taken once, and only when it is one word")
        func ownKey() async throws {
            let site = try #require(SharedSite.current)
            func create(_ key: String) async throws -> ProcessResult {
                try await CarrelProgram.run("keys", "create", "--key", key, environment: site.environment)
            }
            #expect(try await create("own-key-0123456789").trimmedOutput == "own-key-0123456789")
            try await becomes(200, "own-key-0123456789", site)
            let again = try await create("own-key-0123456789")
            #expect(again.status != 0)
            #expect(again.errors.contains("exists already"))
            for malformed in ["short", "two words here", "quo\"tation", "schlüssel-zum-haus"] {
                let refused = try await create(malformed)
                #expect(refused.status != 0, "\(malformed)")
                #expect(refused.errors.contains("8 to 128 visible ASCII characters"), "\(malformed)")
            }
        }

        /// nginx reloads in the background.
        private func becomes(_ status: Int, _ key: String, _ site: Site) async throws {
            _ = try await Retry.until("status \(status)") {
                let answer = try await site.nginx.request(
                    "GET", "/api/v1/auth", headers: ["Authorization: Bearer \(key)"], scheme: .http)
                return answer.status == status ? answer : nil
            }
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
