import HTTPTypes
import Hummingbird
import NIOCore
import TestSupport
import Testing

/// A client that closes the connection at its `limit`th event; the head of the answer is not counted.
private struct LeavingWriter: ResponseBodyWriter {
    struct Gone: Error {}

    var remaining: Int

    mutating func write(_ buffer: ByteBuffer) async throws {
        if buffer.readableBytes == 0 { return }
        if remaining == 0 { throw Gone() }
        remaining -= 1
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// A client that tells when events arrive.
private struct CountingWriter: ResponseBodyWriter {
    let events: ManualCounter

    mutating func write(_ buffer: ByteBuffer) async throws {
        if buffer.readableBytes > 0 { events.increment() }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

@Suite("A client that leaves in the middle of a streamed answer")
struct ClientGoneTests {
    private static let body = Array(#"{"message":"When?"}"#.utf8)
    private static let path = "/v1/workspace/ops/stream-chat"

    /// Events that were taken before the client left, and what is stored then.
    static let departures: [(Int, String)] = [(0, "a"), (1, "ab"), (2, "abc"), (3, "abc"), (4, "abc")]

    @Test("keeps what was answered until it was noticed, and the event is logged", arguments: departures)
    func departure(events: Int, stored: String) async throws {
        let provider = try ScriptedProvider(.stream(["a", "b", "c"]))
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops")
        let response = try await api.respond(
            .post, Self.path, bytes: Self.body, contentType: "application/json")
        try? await response.body.write(LeavingWriter(remaining: events))
        #expect(try await api.contents("/v1/workspace/ops/chats") == ["When?", stored])
        #expect(try api.events().last == "api_sent_chat")
    }

    @Test("that leaves while the model only reasons stores nothing, but is logged")
    func reasoning() async throws {
        let steps = [ScriptedHTTPServerStep].self
        let provider = try ScriptedProvider(.events([steps.reasoning("hm"), steps.delta("a"), steps.stop]))
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops")
        let response = try await api.respond(.post, Self.path, bytes: Self.body, contentType: "application/json")
        try? await response.body.write(LeavingWriter(remaining: 0))
        #expect(try await api.contents("/v1/workspace/ops/chats").isEmpty)
        #expect(try api.events().last == "api_sent_chat")
    }

    @Test("cancellation closes the provider's connection, and the partial answer is stored and finished")
    func cancellation() async throws {
        let provider = try ScriptedProvider(.openStream([[ScriptedHTTPServerStep].delta("Del")]) + [.stall])
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops")
        let response = try await api.respond(.post, Self.path, bytes: Self.body, contentType: "application/json")
        let events = ManualCounter()
        let task = Task { try? await response.body.write(CountingWriter(events: events)) }
        await events.reaches(1)
        task.cancel()
        _ = await task.value
        await provider.server.clientIsGone.opened()
        // The piece; then, for a client that is still there because the server stops, ABORT-U and FINAL.
        #expect(events.value == 3)
        #expect(try await api.contents("/v1/workspace/ops/chats") == ["When?", "Del"])
        #expect(try api.events().last == "api_sent_chat")
    }

    @Test("a refusal that nobody took is stored and logged all the same")
    func refusal() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops", #""chatMode":"query","queryRefusalResponse":"No.""#)
        let response = try await api.respond(
            .post, Self.path, bytes: Array(#"{"message":"When?","sessionId":"s"}"#.utf8),
            contentType: "application/json")
        try? await response.body.write(LeavingWriter(remaining: 0))
        #expect(try await api.contents("/v1/workspace/ops/chats?apiSessionId=s") == ["When?", "No."])
        #expect(try api.events().last == "api_sent_chat")
    }
}
