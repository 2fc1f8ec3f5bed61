import OrderedJSON
import TestSupport
import Testing

@Suite("POST /v1/workspace/:slug/thread/:threadSlug/stream-chat")
struct ThreadStreamChatTests {
    @Test("an answer is streamed and stored in its thread")
    func stream() async throws {
        let provider = try ScriptedProvider(.stream(["Ju", "ne."]))
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        let answer = try await api.post(
            "/v1/workspace/ops/thread/t1/stream-chat", #"{"message":"When?","sessionId":"s"}"#)
        #expect(answer.contentType == "text/event-stream")
        let events = try answer.events()
        #expect(events.map { $0["textResponse"]?.stringValue } == ["Ju", "ne.", "", nil])
        #expect(try await api.contents("/v1/workspace/ops/thread/t1/chats") == ["When?", "June."])
        #expect(try await api.contents("/v1/workspace/ops/chats").isEmpty)
        #expect(try api.eventRows().last?.contains(#""threadName":"Thread""#) == true)
    }
}
