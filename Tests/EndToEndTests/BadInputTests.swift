import Foundation
import OrderedJSON
import TestSupport
import Testing

extension ServerBehindNginx {
    @Suite("Bad input")
    struct BadInputTests {
        /// A request and what must come back; nil leaves a part open.
        struct Case: Sendable, CustomTestStringConvertible {
            var method = "POST"
            var path: String
            var type: String? = "application/json"
            var body: String?
            var status: Int
            var answer: String?

            var testDescription: String { "\(method) \(path) \(type ?? "") \(body?.prefix(40) ?? "")" }
        }

        private static let cases = [
            Case(path: "workspace/new", body: "{", status: 400),
            Case(path: "workspace/new", body: "5", status: 400),
            Case(
                path: "workspace/new", body: "[]", status: 400,
                answer: #"{"workspace":null,"message":"name cannot be null"}"#),
            Case(
                path: "workspace/new", body: nil, status: 400,
                answer: #"{"workspace":null,"message":"name cannot be null"}"#),
            Case(
                path: "workspace/new", body: #"{"name":7}"#, status: 400,
                answer: #"{"workspace":null,"message":"name must be a string"}"#),
            Case(
                path: "workspace/new", type: "text/html", body: #"{"name":"x"}"#, status: 400,
                answer: #"{"workspace":null,"message":"name cannot be null"}"#),
            Case(path: "workspace/new", type: "application/json; charset=latin1", body: #"{"name":"x"}"#, status: 415),
            Case(path: "workspace/nowhere/update", body: "{}", status: 400, answer: "Bad Request"),
            Case(
                path: "workspace/nowhere/vector-search", body: #"{"query":"x"}"#, status: 400,
                answer: #"{"message":"Workspace nowhere is not a valid workspace."}"#),
            Case(path: "workspace/nowhere/update-embeddings", body: "{}", status: 400, answer: "Bad Request"),
            Case(path: "workspace/nowhere/chat", body: #"{"message":"x"}"#, status: 400),
            Case(path: "workspace/nowhere/stream-chat", body: #"{"message":"x"}"#, status: 400),
            Case(path: "workspace/bad-input/stream-chat", body: #"{"message":""}"#, status: 400),
            Case(path: "workspace/bad-input/stream-chat", body: #"{"message":"x","mode":"CHAT"}"#, status: 400),
            Case(path: "workspace/bad-input/chat", type: "text/plain", body: "{", status: 400),
            Case(
                path: "workspace/bad-input/update-embeddings", body: #"{"adds":"x"}"#, status: 400,
                answer: #"{"error":"adds and deletes must be arrays of document paths."}"#),
            Case(path: "document/raw-text", body: #"{"textContent":"x"}"#, status: 422),
            Case(path: "document/raw-text", body: #"{"textContent":"","metadata":{"title":"x"}}"#, status: 422),
            Case(method: "GET", path: "workspace/nowhere", status: 200, answer: #"{"workspace":[]}"#),
            Case(method: "DELETE", path: "workspace/nowhere", status: 400, answer: "Bad Request"),
            Case(method: "GET", path: "document/nowhere.json", status: 404, answer: "Not Found"),
            Case(method: "GET", path: "nowhere", status: 404, answer: "Not Found"),
            Case(method: "PUT", path: "workspaces", body: "{}", status: 404, answer: "Not Found"),
            Case(method: "PATCH", path: "workspace/bad-input", body: "{}", status: 404, answer: "Not Found"),
            Case(method: "GET", path: "workspace/%E0%A4%A", status: 400),
            Case(method: "GET", path: "workspace/%ff", status: 400),
            Case(method: "GET", path: "workspace/%00", status: 400),
            Case(method: "TRACE", path: "auth", status: 405, answer: #"{"error":"Method not allowed."}"#),
        ]

        @Test("gives a clear answer in the endpoint's own shape", arguments: cases)
        func badInput(input: Case) async throws {
            let site = try #require(SharedSite.current)
            if input.path.contains("bad-input") { try await makeWorkspace(site) }
            let answer = try await site.request(
                input.method, input.path, headers: input.type.map { ["Content-Type: \($0)"] } ?? [], body: input.body)
            #expect(answer.status == input.status)
            if let expected = input.answer { #expect(answer.body == expected) }
            let isPlain = ["Bad Request", "Not Found"].contains(answer.body)
            #expect(answer.header("Content-Type") == (isPlain ? "text/plain" : "application/json") + "; charset=utf-8")
            if !isPlain { #expect(answer.json.objectValue != nil, "\(answer.body)") }
        }

        /// Made by whichever case comes first; the others find it.
        private func makeWorkspace(_ site: Site) async throws {
            let found = try await site.get("workspace/bad-input").json["workspace"]?.arrayValue
            if found?.isEmpty != false { _ = try await site.workspace("Bad input") }
        }

        @Test("a body over 3 GB is refused before it is read", arguments: Site.Scheme.allCases)
        func tooLargeBody(scheme: Site.Scheme) async throws {
            let site = try #require(SharedSite.current)
            let folder = try TemporaryDirectory()
            let file = try folder.write("", to: "large")
            // A hole: only the length is looked at.
            let handle = try #require(FileHandle(forWritingAtPath: file))
            try handle.truncate(atOffset: 3 << 30 | 1)
            try handle.close()
            let answer = try await site.nginx.request(
                "POST", "/api/v1/document/upload", headers: [site.authorization], uploading: file, scheme: scheme)
            #expect(answer.status == 413)
            #expect(answer.body == #"{"error":"The request body is too large."}"#)
        }

        @Test("a large JSON body arrives whole")
        func largeBody() async throws {
            let site = try #require(SharedSite.current)
            let text = String(repeating: "A long text with \"quotes\", \\ and ümlauts.\n", count: 100_000)
            let answer = try await site.post(
                "document/raw-text", ["textContent": .string(text), "metadata": ["title": "Large"]])
            #expect(answer.status == 200)
            let isSame = answer.json["documents"]?[0]?["pageContent"]?.stringValue == text
            #expect(isSame)
        }

        @Test("deep nesting and broken UTF-8 do no harm")
        func hostileJSON() async throws {
            let site = try #require(SharedSite.current)
            let nested = String(repeating: "[", count: 100_000)
            let deep = try await site.request(
                "POST", "workspace/new", headers: ["Content-Type: application/json"], body: nested)
            #expect(deep.status == 400)
            let lone = try await site.request(
                "POST", "workspace/new", headers: ["Content-Type: application/json"], body: #"{"name":"\ud800x"}"#)
            #expect(lone.status == 200)
            #expect(lone.json["workspace"]?["name"] == "\u{FFFD}x")
        }
    }
}
