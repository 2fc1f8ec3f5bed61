import Foundation
import OrderedJSON
import TestSupport
import Testing

extension ServerBehindNginx {
    @Suite("Requests that are not what they say")
    struct BrokenRequestTests {
        private static let form = "multipart/form-data; boundary=XX"
        private static let part =
            "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"broken.txt\"\r\n\r\nHigh water."
        private static let rawText = #"{"textContent":"x","metadata":{"title":"broken"}}"#

        /// Path after `/api/v1/`, content type, what is sent of the body, the length that is declared.
        static let short: [(String, String, String, Int)] = [
            ("document/raw-text", "application/json", rawText, 1_000),
            ("document/raw-text", "application/json", "", 10),
            ("workspace/new", "application/json", #"{"name":"broken"}"#, 100_000_000),
            ("document/upload", form, part + "\r\n--XX--\r\n", 10_000), ("document/upload", form, part, 1_000_000),
            ("document/upload/broken", form, "", 10), ("workspace/new", "text/plain", "{", 2),
        ]

        @Test("a body that ends before its length is not taken for a whole one", arguments: short)
        func shortBody(path: String, type: String, body: String, length: Int) async throws {
            let site = try #require(SharedSite.current)
            let before = try await library(site)
            let request = RawConnection.request(
                "POST", Array("/api/v1/\(path)".utf8),
                [site.authorization, "Content-Type: \(type)", "Content-Length: \(length)"], body: Array(body.utf8))
            let received = try await RawConnection.exchange(site.nginx, request, isClosed: true)
            #expect(received.isEmpty || received.hasPrefix("HTTP/1.1 400 "), "\(received)")
            try await checkHealth(site, before)
        }

        /// What the FastCGI parameter says and what the body has.
        static let lengths: [(String, String, Int)] = [
            ("100", rawText, 400), ("10", rawText, 400), ("", rawText, 200), ("x", rawText, 400), ("-1", rawText, 400),
            ("99999999999999999999", rawText, 400), ("100", "", 400),
        ]

        @Test("the same straight to the backend's socket", arguments: lengths)
        func wrongLength(declared: String, body: String, status: Int) async throws {
            let site = try #require(SharedSite.current)
            let before = try await library(site)
            let socket = site.socket
            let answer = try await FastCGIClient.onThread {
                let parameters = [
                    ("CONTENT_LENGTH", declared), ("CONTENT_TYPE", "application/json"), ("CARREL_KEY_ID", "1"),
                ]
                let client = try FastCGIClient(unixSocket: socket)
                try client.send(
                    FastCGIRequest(
                        "POST", "/api/v1/document/raw-text", parameters: parameters, body: Array(body.utf8),
                        keepConnection: false))
                return try client.readResponse()
            }
            #expect(answer?.status == status)
            if status == 200 { _ = try await remove(site, answer?.text ?? "") }
            try await checkHealth(site, before)
        }

        private func remove(_ site: Site, _ answer: String) async throws {
            let docpath = try JSONParser.parse(answer)["documents"]?[0]?["location"] ?? .null
            let body: JSONValue = ["names": [docpath]]
            let removed = try await site.request(
                "DELETE", "system/remove-documents", headers: ["Content-Type: application/json"], body: body.text)
            #expect(removed.status == 200)
        }

        /// Segments of a path and the status; a byte that is no UTF-8 is read as U+FFFD, which names nothing.
        static let segments: [([UInt8], Int)] = [
            ([0xFF], 200), ([0xC0, 0x80], 200), ([0xC3, 0xA4], 200), (Array("%FF".utf8), 400),
            (Array("%C0%80".utf8), 400), (Array("%ED%A0%80".utf8), 400), (Array("%00".utf8), 400),
            (Array("a%00b".utf8), 400), ([0x01], 400), ([0x00], 400), (Array(repeating: 0x61, count: 100_000), 414),
        ]

        @Test("bytes in a path that are no text", arguments: segments)
        func rawPath(segment: [UInt8], status: Int) async throws {
            let site = try #require(SharedSite.current)
            let path = Array("/api/v1/workspace/".utf8) + segment
            let received = try await RawConnection.exchange(
                site.nginx, RawConnection.request("GET", path, [site.authorization]))
            #expect(received.hasPrefix("HTTP/1.1 \(status) "), "\(received.prefix(300))")
            let body = received.components(separatedBy: "\r\n\r\n").dropFirst().joined()
            #expect(body.contains(status == 200 ? #"{"workspace":[]}"# : #"{"error":""#), "\(received.prefix(600))")
        }

        /// Chunked bodies: what is sent and the status.
        static let chunked: [(String, Int)] = [
            ("2\r\n{}\r\n0\r\n\r\n", 400), ("zz\r\n{}\r\n0\r\n\r\n", 400), ("-1\r\n{}\r\n0\r\n\r\n", 400),
            ("FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n", 400),
        ]

        @Test("chunked bodies, whole and broken", arguments: chunked)
        func chunkedBody(body: String, status: Int) async throws {
            let site = try #require(SharedSite.current)
            let before = try await library(site)
            let headers = [site.authorization, "Content-Type: application/json", "Transfer-Encoding: chunked"]
            let received = try await RawConnection.exchange(
                site.nginx,
                RawConnection.request("POST", Array("/api/v1/workspace/new".utf8), headers, body: Array(body.utf8)))
            #expect(received.hasPrefix("HTTP/1.1 \(status) "), "\(received.prefix(300))")
            try await checkHealth(site, before)
        }

        @Test("a form that never closes, through nginx", arguments: Site.Scheme.allCases)
        func openForm(scheme: Site.Scheme) async throws {
            let site = try #require(SharedSite.current)
            let before = try await library(site)
            let answer = try await site.request(
                "POST", "document/upload", headers: ["Content-Type: \(Self.form)"], body: Self.part, scheme: scheme)
            #expect(answer.status == 500)
            #expect(answer.body == #"{"success":false,"error":"Invalid file upload. Unexpected end of form"}"#)
            try await checkHealth(site, before)
        }

        /// Names of documents and slugs of workspaces that these requests would leave behind.
        private func library(_ site: Site) async throws -> [String] {
            let folders = try await site.get("documents").json["localFiles"]?["items"]?.arrayValue ?? []
            let documents = folders.flatMap { $0["items"]?.arrayValue ?? [] }.compactMap { $0["name"]?.stringValue }
            let workspaces = try await site.get("workspaces").json["workspaces"]?.arrayValue ?? []
            return (documents + workspaces.compactMap { $0["slug"]?.stringValue }).filter { $0.contains("broken") }
        }

        /// Nothing was kept, and the next request works.
        private func checkHealth(_ site: Site, _ before: [String]) async throws {
            #expect(try await library(site) == before)
            #expect(try await site.get("auth").body == #"{"authenticated":true}"#)
        }
    }
}
