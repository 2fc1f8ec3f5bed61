import OrderedJSON
import TestSupport
import Testing

@Suite("Repeated requests", .timeLimit(.minutes(2)))
struct RepetitionTests {
    @Test("through nginx, and after a crash, a request with the same Idempotency-Key is answered as before")
    func afterACrash() async throws {
        let upstream = try ChatUpstream()
        defer { upstream.stop() }
        upstream.answer(
            "tell me",
            with: .eventStreamHead + ChatUpstream.piece("Once ") + ChatUpstream.piece("upon") + ChatUpstream.end)
        let site = try await Site(upstream.settings)
        let slug = try await site.workspace("Again", provider: "generic-openai")
        func ask(_ message: String = "tell me") async throws -> NginxResponse {
            try await site.request(
                "POST", "workspace/\(slug)/stream-chat",
                headers: ["Content-Type: application/json", "Idempotency-Key: \"8e03978e\""],
                body: #"{"message":"\#(message)"}"#)
        }
        let first = try await ask()
        #expect(try WireEvents(first.body).text == "Once upon")
        #expect(await site.server.crash() == 137)
        try await site.restart()
        let second = try await ask()
        #expect(second.body == first.body)
        #expect(upstream.server.requests.count == 1)
        #expect(try await site.history(slug).map(\.content) == ["tell me", "Once upon"])
        let other = try await ask("something else")
        #expect(other.status == 422)
        #expect(other.json["type"] == "abort")
    }

    @Test("while the first is answered the second is refused; when its client leaves, the key is free again")
    func clientLeaves() async throws {
        let upstream = try ChatUpstream()
        defer { upstream.stop() }
        upstream.answer("tell me", with: .eventStreamHead + ChatUpstream.piece("Once") + [.stall])
        let site = try await Site(upstream.settings)
        let slug = try await site.workspace("Left", provider: "generic-openai")
        let headers = [site.authorization, "Content-Type: application/json", "Idempotency-Key: k"]
        let stream = try EventStream(
            site.nginx, "/api/v1/workspace/\(slug)/stream-chat", headers: headers, body: #"{"message":"tell me"}"#,
            scheme: .http)
        try await stream.read(until: "Once")
        func ask() async throws -> NginxResponse {
            try await site.request(
                "POST", "workspace/\(slug)/stream-chat", headers: Array(headers.dropFirst()),
                body: #"{"message":"tell me","reset":true}"#)
        }
        #expect(try await ask().status == 409)
        await stream.hangUp()
        await upstream.server.clientIsGone.opened()
        let reset = try await site.request(
            "POST", "workspace/\(slug)/stream-chat", headers: ["Content-Type: application/json"],
            body: #"{"reset":true}"#)
        #expect(reset.status == 200)
        let again = try await Retry.until("a free key") { () async throws -> NginxResponse? in
            let answer = try await site.request(
                "POST", "workspace/\(slug)/stream-chat", headers: Array(headers.dropFirst()), body: #"{"reset":true}"#)
            return answer.status == 409 ? nil : answer
        }
        #expect(try WireEvents(again.body).events[0]["textResponse"] == "Chat history was reset!")
    }
}
