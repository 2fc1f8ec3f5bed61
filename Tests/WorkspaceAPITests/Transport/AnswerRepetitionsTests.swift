import HTTPTypes
import Hummingbird
import NIOCore
import Storage
import TestSupport
import Testing
import Workspaces

@Suite("Idempotency-Key")
struct AnswerRepetitionsTests {
    typealias Steps = [ScriptedHTTPServerStep]

    private static let chat = "/v1/workspace/ops/chat"
    private static let stream = "/v1/workspace/ops/stream-chat"
    private static let message = #"{"message":"When?"}"#

    private static func header(_ key: String) throws -> HTTPFields {
        [try #require(HTTPField.Name("Idempotency-Key")): key]
    }

    private func send(
        _ api: APIFixture, _ path: String, _ body: String, key: String = "k", contentType: String = "application/json",
        keyID: String = "1"
    ) async throws -> APIFixture.Answer {
        try await api.send(
            .post, path, body, contentType: contentType, headers: try Self.header(key), keyID: keyID)
    }

    private func isReplayed(_ answer: APIFixture.Answer) throws -> Bool {
        answer.headers[try #require(HTTPField.Name("Idempotency-Replayed"))] == "true"
    }

    /// A failure is not kept, so routes whose good request fails in the walk are left out.
    static let posts = RouteWalkTests.withBody.filter { $0.method == .post && $0.body != nil && $0.good == 200 }

    @Test("a request that comes again changes nothing and is answered as before, on every route", arguments: posts)
    func repeated(route: WalkedRoute) async throws {
        let api = try await WalkFixture(route).api
        let body = try #require(route.body)
        let first = try await send(api, route.path(), body)
        #expect(first.status == 200)
        #expect(try !isReplayed(first))
        let state = try DatabaseState(api)
        let second = try await send(api, route.path(), body)
        #expect(second.status == first.status)
        #expect(second.reasonPhrase == "OK")
        #expect(second.body == first.body)
        #expect(second.contentType == first.contentType)
        #expect(try isReplayed(second))
        #expect(second.headers[.contentLength] == String(second.body.utf8.count))
        #expect(try DatabaseState(api) == state)
    }

    @Test("the same key with another body is 422 in the route's own form, and changes nothing", arguments: posts)
    func anotherBody(route: WalkedRoute) async throws {
        let api = try await WalkFixture(route).api
        let body = try #require(route.body)
        _ = try await send(api, route.path(), body)
        let state = try DatabaseState(api)
        for other in [body + " ", "{}", ""] {
            let answer = try await send(api, route.path(), other)
            #expect(answer.status == 422)
            #expect(route.malformed.fits(answer), "\(answer.body)")
        }
        let text = try await send(api, route.path(), body, contentType: "text/plain")
        #expect(text.status == 422)
        #expect(try await send(api, route.path() + "?a=b", body).status == 422)
        #expect(try DatabaseState(api) == state)
    }

    @Test("a streamed answer comes again byte for byte, without asking the model", arguments: [chat, stream])
    func oneQuestion(path: String) async throws {
        let provider = try ScriptedProvider(path == Self.chat ? .completion("In June.") : .stream(["In ", "June."]))
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops")
        let before = api.dependencies.database.generation
        let first = try await send(api, path, Self.message)
        // Row, event log and answer are one transaction.
        #expect(api.dependencies.database.generation == before + 1)
        let second = try await send(api, path, Self.message)
        #expect(second.body == first.body)
        #expect(first.body.contains("chatId"))
        #expect(second.headers[.cacheControl] == first.headers[.cacheControl])
        #expect(second.headers[.contentLength] == String(second.body.utf8.count))
        #expect(provider.server.requests.count == 1)
        #expect(try await api.contents("/v1/workspace/ops/chats") == ["When?", "In June."])
    }

    @Test("another key, path or API key is another request")
    func scopes() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.workspace("Lab")
        _ = try await send(api, Self.chat, Self.message)
        for answer in [
            try await send(api, Self.chat, Self.message, key: "K"),
            try await send(api, Self.chat, Self.message, keyID: "2"),
            try await send(api, "/v1/workspace/lab/chat", Self.message), try await api.post(Self.chat, Self.message),
        ] { #expect(try !isReplayed(answer)) }
        #expect(try await api.contents("/v1/workspace/ops/chats").count == 8)
        #expect(try isReplayed(try await send(api, Self.chat, Self.message)))
    }

    @Test("while the first request is answered, the second one is refused", arguments: [chat, stream])
    func running(path: String) async throws {
        let (asked, gate) = (ScriptedHTTPServerGate(), ScriptedHTTPServerGate())
        let answer: Steps = path == Self.chat ? .completion("In June.") : .stream(["In June."])
        let provider = try ScriptedProvider([.open(asked), .wait(gate)] + answer)
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops")
        async let first = send(api, path, Self.message)
        await asked.opened()
        let second = try await send(api, path, Self.message)
        #expect(second.status == 409)
        #expect(RefusalShape.abort.fits(second))
        // Whoever did not see the first answer learns no more of it by guessing.
        #expect(try await send(api, path, "{}").status == 409)
        gate.open()
        #expect(try await first.status == 200)
        #expect(try isReplayed(try await send(api, path, Self.message)))
    }

    /// Answers of the provider that are no whole answers.
    static let failures: [(String, Steps)] = [
        (chat, .answer(status: 500, body: "{}")), (stream, .answer(status: 500, body: "{}")),
        (stream, Steps.openStream([Steps.delta("In ")]) + [.close]),
    ]

    @Test("what failed is not kept: the next request asks the model again", arguments: failures)
    func failure(path: String, steps: Steps) async throws {
        let failing = try ScriptedProvider(steps)
        defer { failing.server.stop() }
        try await failing.api.workspace("Ops")
        for count in 1...2 {
            let answer = try await send(failing.api, path, Self.message)
            #expect(try !isReplayed(answer))
            #expect(failing.server.requests.count == count)
        }
    }

    @Test("a refusal by the route is kept as well")
    func refusal() async throws {
        let api = try APIFixture()
        let first = try await send(api, Self.chat, Self.message)
        #expect(first.status == 400)
        let second = try await send(api, Self.chat, Self.message)
        #expect(second.body == first.body)
        #expect(try isReplayed(second))
    }

    @Test("a stream whose client left is answered anew, and a client that reads it to its end can have it again")
    func clientGone() async throws {
        let provider = try ScriptedProvider(.stream(["a", "b"]))
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops")
        let headers = try Self.header("k")
        let response = try await api.respond(
            .post, Self.stream, bytes: Array(Self.message.utf8), contentType: "application/json", headers: headers)
        try? await response.body.write(BrokenWriter())  // What it throws is not ours to judge.
        let second = try await send(api, Self.stream, Self.message)
        #expect(second.status == 200)
        #expect(try !isReplayed(second))
        #expect(try await send(api, Self.stream, Self.message).body == second.body)
    }

    @Test("an answer that nobody takes does not block its key")
    func dropped() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        _ = try await api.respond(
            .post, Self.stream, bytes: Array(Self.message.utf8), contentType: "application/json",
            headers: try Self.header("k"))
        #expect(try await send(api, Self.stream, Self.message).status == 200)
    }

    @Test("answers outlive the server")
    func restart() async throws {
        let storage = try TemporaryDirectory()
        let first: APIFixture.Answer
        do {
            let api = try APIFixture(storage: storage)
            try await api.workspace("Ops")
            first = try await send(api, Self.stream, Self.message)
        }
        let second = try await send(try APIFixture(storage: storage), Self.stream, Self.message)
        #expect(second.body == first.body)
        #expect(try isReplayed(second))
    }

    @Test("with a chat goes the answer that was kept of it")
    func deletion() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        _ = try await send(api, Self.chat, #"{"message":"When?","sessionId":"s"}"#)
        _ = try await api.send(.delete, "/v1/workspace/ops/chats?apiSessionId=s")
        let again = try await send(api, Self.chat, #"{"message":"When?","sessionId":"s"}"#)
        #expect(try !isReplayed(again))
        #expect(try await api.contents("/v1/workspace/ops/chats?apiSessionId=s").count == 2)
    }

    @Test("a key has 1 to 255 bytes", arguments: [("", 400), ("k", 200), (String(repeating: "k", count: 255), 200)])
    func lengths(key: String, status: Int) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        #expect(try await send(api, Self.chat, Self.message, key: key).status == status)
        let long = try await send(api, Self.chat, Self.message, key: key + String(repeating: "é", count: 128))
        #expect(long.status == 400)
        #expect(RefusalShape.abort.fits(long))
    }

    @Test("the boundary of a form is drawn anew and does not count; the rest of it does")
    func forms() async throws {
        let api = try APIFixture()
        func upload(_ boundary: String, _ content: String) async throws -> APIFixture.Answer {
            let form = MultipartBody.form(MultipartBody.file("a.txt", content)).replacing("--XX", with: "--" + boundary)
            return try await send(
                api, "/v1/document/upload", form, contentType: "multipart/form-data; boundary=" + boundary)
        }
        let first = try await upload("one", "High water.")
        #expect(first.status == 200)
        let second = try await upload("another", "High water.")
        #expect(second.body == first.body)
        #expect(try isReplayed(second))
        #expect(try await upload("one", "Low water.").status == 422)
    }

    @Test("a body that the route does not read counts too")
    func unread() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        _ = try await send(api, Self.chat, Self.message, contentType: "text/html")
        #expect(try await send(api, Self.chat, "other", contentType: "text/html").status == 422)
        #expect(try isReplayed(try await send(api, Self.chat, Self.message, contentType: "text/html")))
    }

    @Test("the header means nothing to other methods")
    func otherMethods() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        for _ in 0..<2 {
            let answer = try await api.send(.get, "/v1/workspaces", headers: try Self.header("k"))
            #expect(try !isReplayed(answer))
        }
    }
}

/// A client that closes the connection at the first event.
private struct BrokenWriter: ResponseBodyWriter {
    struct Gone: Error {}

    mutating func write(_ buffer: ByteBuffer) async throws {
        if buffer.readableBytes > 0 { throw Gone() }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
