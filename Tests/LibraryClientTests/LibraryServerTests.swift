import AsyncHTTPClient
import Foundation
import LibraryClient
import TestSupport
import Testing

@Suite("The client of the REST API")
struct LibraryServerTests {
    @Test(
        "addresses are taken with or without the API's path",
        arguments: [
            ("http://localhost", "http://localhost"), ("https://a.example:8443/", "https://a.example:8443"),
            ("http://localhost:3001/api", "http://localhost:3001"), ("http://h/api/v1/", "http://h"),
            ("https://h/carrel/api/v1", "https://h/carrel"), ("http://[::1]:80", "http://[::1]:80"),
        ])
    func addresses(text: String, expected: String) {
        #expect(ServerAddress(text)?.description == expected)
        #expect(ServerAddress(text)?.base == expected + "/api/v1")
    }

    @Test(
        "what is no address is refused",
        arguments: ["", "localhost", "ftp://h", "http://", "http://u:p@h", "http://h?x"])
    func noAddress(text: String) {
        #expect(ServerAddress(text) == nil)
    }

    /// Status and body of an answer, and the code of the error.
    static let refusals: [(Int, String, LibraryClientError.Code)] = [
        (403, #"{"error":"No valid api key found."}"#, .refusedKey), (502, "<html>", .unreachable),
        (503, "", .unreachable), (504, "", .unreachable), (413, "<html>", .refused),
        (500, #"{"success":false,"error":"No text content found in a.txt."}"#, .refused),
        (400, "Bad Request", .refused),
        (200, "<html>", .unexpectedAnswer), (404, "<html>", .unexpectedAnswer),
    ]

    @Test("an answer that is no success is sorted", arguments: refusals)
    func refused(status: Int, body: String, code: LibraryClientError.Code) async throws {
        try await with(status: status, body: body) { library in
            let error = await #expect(throws: LibraryClientError.self) {
                try await library.embed(["f/a.json"], workspace: "w") { _ in }
            }
            #expect(error?.code == code)
            if status == 500 { #expect(error?.message == "No text content found in a.txt.") }
        }
    }

    @Test("nobody there is told as such")
    func unreachable() async throws {
        let address = try #require(ServerAddress("http://127.0.0.1:\(try FreePort.next())"))
        let client = HTTPClient(configuration: LibraryServer.clientConfiguration)
        let library = LibraryServer(address: address, key: "k", client: client)
        let error = await #expect(throws: LibraryClientError.self) { try await library.check(workspace: "w") }
        #expect(error?.code == .unreachable)
        try await client.shutdown()
    }

    @Test("a workspace that does not exist is told from one that does")
    func workspace() async throws {
        try await with(status: 200, body: #"{"workspace":[{"slug":"w"}]}"#) { try await $0.check(workspace: "w") }
        try await with(status: 200, body: #"{"workspace":[]}"#) { library in
            let error = await #expect(throws: LibraryClientError.self) { try await library.check(workspace: "w") }
            #expect(error?.code == .unknownWorkspace)
        }
    }

    /// Status and body of an answer to a replacement, and whether it is one.
    static let replacements: [(Int, String, Bool)] = [
        (200, #"{"success":true,"documents":[]}"#, true),
        (404, #"{"success":false,"error":"There is no document a.json."}"#, false),
        (409, #"{"success":false,"error":"a.mbox holds 2 documents, but one is to be replaced."}"#, false),
    ]

    @Test("a replacement names document and folder, and tells whether it was possible", arguments: replacements)
    func replace(status: Int, body: String, isReplaced: Bool) async throws {
        let directory = try TemporaryDirectory()
        let file = URL(filePath: try directory.write("new text", to: "a.txt"))
        let server = try ScriptedHTTPServer { request in
            let isRight =
                request.method == "PUT" && request.path == "/api/v1/document/a%20b.json?folder=my%20notes%26"
                && request.text.contains("\r\n\r\nnew text\r\n--")
            return .answer(status: isRight ? status : 400, body: body)
        }
        defer { server.stop() }
        let client = HTTPClient(configuration: LibraryServer.clientConfiguration)
        let library = LibraryServer(
            address: try #require(ServerAddress(Self.origin(server))), key: "k", client: client)
        let answer = try? await library.replace("my notes&/a b.json", with: file, as: "a.txt")
        #expect(answer == isReplaced)
        try await client.shutdown()
    }

    @Test("a replacement that is refused says why")
    func refusedReplacement() async throws {
        let directory = try TemporaryDirectory()
        let file = URL(filePath: try directory.write("new text", to: "a.txt"))
        try await with(status: 500, body: #"{"success":false,"error":"why","documents":[]}"#) { library in
            let error = await #expect(throws: LibraryClientError.self) {
                try await library.replace("f/a.json", with: file, as: "a.txt")
            }
            #expect(error?.code == .refused)
            #expect(error?.message == "why")
        }
    }

    @Test("a file is sent as a form with its name, and paths are encoded")
    func upload() async throws {
        let directory = try TemporaryDirectory()
        let text = String(repeating: "0123456789", count: 60_000)
        let path = try directory.write(text, to: "r\u{E9}sum\u{E9} \"1\".txt")
        let server = try ScriptedHTTPServer { request in
            let isRight =
                request.text.contains(#"name="file"; filename="r\#u{E9}sum\#u{E9} %221%22.txt""#)
                && request.text.contains("\r\n\r\n\(text)\r\n--") && request.text.hasSuffix("--\r\n")
                && request.path == "/api/v1/document/upload/a%20b%2Fc?onDuplicate=keep"
                && request.headers["authorization"] == "Bearer secret-key"
            return .answer(
                status: isRight ? 200 : 400, body: #"{"success":true,"documents":[{"location":"f/a.json"}]}"#)
        }
        defer { server.stop() }
        let client = HTTPClient(configuration: LibraryServer.clientConfiguration)
        let library = LibraryServer(
            address: try #require(ServerAddress(Self.origin(server))), key: "secret-key", client: client)
        let docpaths = try? await library.upload(URL(filePath: path), as: "r\u{E9}sum\u{E9} \"1\".txt", folder: "a b/c")
        #expect(docpaths == ["f/a.json"])
        let missing = await #expect(throws: LibraryClientError.self) {
            try await library.upload(URL(filePath: directory.file("missing")), as: "missing", folder: nil)
        }
        #expect(missing?.code == .unreadableFile)
        try await client.shutdown()
    }

    @Test("an upload says what to do with duplicates, and is told what became of each document")
    func outcomes() async throws {
        let directory = try TemporaryDirectory()
        let file = URL(filePath: try directory.write("text", to: "a.txt"))
        let body = #"""
            {"success":true,"documents":[{"location":"f/a.json","outcome":"skipped"},
            {"location":"f/b.json","outcome":"replaced"},{"location":"f/c.json","outcome":"stored"},
            {"location":"f/d.json"}]}
            """#
        let server = try ScriptedHTTPServer { request in
            .answer(status: request.path == "/api/v1/document/upload?onDuplicate=replace" ? 200 : 400, body: body)
        }
        defer { server.stop() }
        let client = HTTPClient(configuration: LibraryServer.clientConfiguration)
        let library = LibraryServer(
            address: try #require(ServerAddress(Self.origin(server))), key: "k", client: client)
        let documents = try? await library.upload(file, as: "a.txt", folder: nil, onDuplicate: .replace)
        let expected: [(String, UploadedDocument.Outcome)] = [
            ("f/a.json", .skipped), ("f/b.json", .replaced), ("f/c.json", .stored), ("f/d.json", .stored),
        ]
        #expect(documents == expected.map { UploadedDocument(docpath: $0.0, outcome: $0.1) })
        try await client.shutdown()
    }

    private static func origin(_ server: ScriptedHTTPServer) -> String { "http://127.0.0.1:\(server.port)" }

    private func with(
        status: Int, body: String, _ test: (LibraryServer) async throws -> Void
    ) async throws {
        let server = try ScriptedHTTPServer { _ in .answer(status: status, body: body) }
        defer { server.stop() }
        let client = HTTPClient(configuration: LibraryServer.clientConfiguration)
        let address = try #require(ServerAddress(Self.origin(server)))
        do {
            try await test(LibraryServer(address: address, key: "k", client: client))
        } catch {
            Issue.record(error)
        }
        try await client.shutdown()
    }
}
