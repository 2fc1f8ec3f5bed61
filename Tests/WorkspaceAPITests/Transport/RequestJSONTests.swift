import Foundation
import HTTPTypes
import OrderedJSON
import Testing

@testable import WorkspaceAPI

@Suite("Request bodies")
struct RequestJSONTests {
    private static let path = "/v1/workspace/new"

    /// Content type, body, status and, after 200, the workspace's name.
    static let bodies: [(String?, String, Int, String?)] = [
        ("application/json", #"{"name":"A"}"#, 200, "A"),
        ("application/json;charset=UTF-8", #"{"name":"Ä"}"#, 200, "Ä"),
        (#"Application/JSON ; charset="utf-8""#, #" {"name":"A"} "#, 200, "A"),
        ("text/plain", #"{"name":"A"}"#, 200, "A"),
        ("text/plain; charset=latin1", #"{"name":"A"}"#, 200, "A"),
        ("application/x-www-form-urlencoded", "name=A+%C3%84&topN=6", 200, "A Ä"),
        ("application/json", #"{"name":"A","name":"B"}"#, 200, "B"),
        (nil, #"{"name":"A"}"#, 400, nil), ("application/xml", #"{"name":"A"}"#, 400, nil),
        ("application/vnd.api+json", #"{"name":"A"}"#, 400, nil), ("", #"{"name":"A"}"#, 400, nil),
        ("application/json", "", 400, nil), ("text/plain", "", 400, nil),
        ("application/json; charset=latin1", #"{"name":"A"}"#, 415, nil),
        ("application/json; charset=nonsense", #"{"name":"A"}"#, 415, nil),
    ]

    @Test("are read by their content type", arguments: bodies)
    func types(contentType: String?, body: String, status: Int, name: String?) async throws {
        let answer = try await APIFixture().send(.post, Self.path, body, contentType: contentType)
        #expect(answer.status == status)
        let json = try answer.json()
        #expect(json["workspace"]?["name"]?.stringValue == name)
        if status != 200 { #expect(json["message"]?.stringValue?.isEmpty == false) }
    }

    @Test(
        "that are no JSON object are refused in the endpoint's shape",
        arguments: ["{", "5", #""x""#, "null", "true", #"{"name":}"#, "{}{}", "{'name':'A'}", #"{"name":"\#u{1}"}"#],
        ["application/json", "text/plain"])
    func malformed(body: String, type: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let shapes = [
            ("/v1/workspace/new", #"{"workspace":null,"message":"#),
            ("/v1/workspace/ops/update", #"{"workspace":null,"message":"#),
            ("/v1/workspace/ops/thread/new", #"{"thread":null,"message":"#),
            ("/v1/workspace/ops/vector-search", #"{"message":"#),
            ("/v1/workspace/ops/update-pin", #"{"error":"#), ("/v1/workspace/ops/update-embeddings", #"{"error":"#),
            ("/v1/document/raw-text", #"{"success":false,"error":"#),
            ("/v1/document/create-folder", #"{"success":false,"message":"#),
            ("/v1/document/move-files", #"{"success":false,"message":"#),
        ]
        for (path, shape) in shapes {
            let answer = try await api.send(.post, path, body, contentType: type)
            #expect(answer.status == 400, "\(path)")
            #expect(answer.body.hasPrefix(shape), "\(path): \(answer.body)")
        }
    }

    @Test("a compressed body is refused as such, and not as malformed JSON", arguments: ["gzip", "Deflate", "br"])
    func compressed(coding: String) async throws {
        let api = try APIFixture()
        let answer = try await api.send(.post, Self.path, "\u{1F}x", headers: [.contentEncoding: coding])
        #expect(answer.status == 415)
        let reason = #"unsupported content encoding \"\#(coding.lowercased())\""#
        #expect(answer.body == #"{"workspace":null,"message":"\#(reason)"}"#)
        for plain in ["identity", "utf-8"] {
            let answer = try await api.send(.post, Self.path, #"{"name":"A"}"#, headers: [.contentEncoding: plain])
            #expect(answer.status == 200)
        }
    }

    @Test("an empty text is no JSON, an empty or missing JSON body is an empty object")
    func empty() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let path = "/v1/workspace/ops/update"
        #expect(try await api.send(.post, path, "", contentType: "text/plain").status == 400)
        #expect(try await api.send(.post, path, "", contentType: "application/json").status == 200)
        #expect(try await api.send(.post, path).status == 200)
        #expect(try await api.send(.post, path, headers: [.contentType: "text/plain"]).status == 200)
    }

    /// Name of the character set and the bytes of `{"name":"Ä"}`.
    static let encodings: [(String, String.Encoding)] = [
        ("utf-16le", .utf16LittleEndian), ("UTF-16BE", .utf16BigEndian), ("utf-16", .utf16),
        ("utf-32le", .utf32LittleEndian),
        ("utf-32be", .utf32BigEndian), ("utf-32", .utf32),
    ]

    @Test("of more values than anybody needs are refused: they would take twenty times the memory")
    func manyValues() async throws {
        let body = #"{"name":"A","x":["# + String(repeating: "0,", count: RequestJSON.valueLimit) + "0]}"
        let answer = try await APIFixture().send(.post, Self.path, body, contentType: "application/json")
        #expect(answer.status == 413)
        #expect(try answer.json()["message"] == "The body has more than 2000000 values.")
    }

    @Test("may be UTF-16 and UTF-32", arguments: encodings)
    func unicode(charset: String, encoding: String.Encoding) async throws {
        let data = try #require(#"{"name":"Ä😀"}"#.data(using: encoding))
        let answer = try await APIFixture().send(
            .post, Self.path, bytes: Array(data), contentType: "application/json; charset=\(charset)")
        #expect(answer.status == 200)
        #expect(try answer.json()["workspace"]?["name"] == "Ä😀")
    }

    @Test(
        "that are not what their character set says are refused",
        arguments: [
            ("application/json", [0x7B, 0x22, 0xFF, 0x22, 0x7D] as [UInt8]),
            ("application/json; charset=utf-16le", [0x7B]), ("application/json; charset=utf-32le", [1, 2, 3]),
        ])
    func illFormed(type: String, bytes: [UInt8]) async throws {
        #expect(try await APIFixture().send(.post, Self.path, bytes: bytes, contentType: type).status == 400)
    }
}
