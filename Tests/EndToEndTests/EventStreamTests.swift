import OrderedJSON
import TestSupport
import Testing

extension ServerBehindNginx {
    @Suite("Event streams through nginx")
    struct EventStreamTests {
        @Test("framing, headers and order of keys are the contract's, byte for byte", arguments: Site.Scheme.allCases)
        func framing(scheme: Site.Scheme) async throws {
            let site = try #require(SharedSite.current)
            let upstream = try #require(SharedSite.upstream)
            let message = "framing over \(scheme.rawValue)"
            upstream.answer(
                message,
                with: .eventStreamHead + ChatUpstream.piece("first\nline") + ChatUpstream.piece(" \u{2028}/\"é")
                    + ChatUpstream.end)
            let slug = try await site.workspace("Framing \(scheme.rawValue)", provider: "generic-openai")
            let stream = try site.stream(
                "workspace/\(slug)/stream-chat", ["message": .string(message)], scheme: scheme)
            let (_, head, body) = try await stream.readToEnd()

            let uuid = try #require(try WireEvents(body).events.first?["uuid"]?.stringValue)
            func chunk(_ text: String, _ close: Bool) -> String {
                #"data: {"uuid":"\#(uuid)","sources":[],"type":"textResponseChunk","textResponse":""# + text
                    + #"","close":\#(close),"error":false}"# + "\n\n"
            }
            let expected =
                chunk(#"first\nline"#, false) + chunk(" \u{2028}/\\\"é", false) + chunk("", true)
                + #"data: {"uuid":"\#(uuid)","type":"finalizeResponseStream","close":true,"error":false,"chatId":"#
            #expect(body.hasPrefix(expected))
            #expect(body.dropFirst(expected.count).contains(##","metrics":{"completion_tokens":"##))
            #expect(body.hasSuffix(#","sources":[]}"# + "\n\n"))

            let lines = head.lowercased().split(separator: "\r\n")
            #expect(lines.first?.contains(" 200") == true)
            #expect(lines.contains("content-type: text/event-stream"))
            #expect(lines.contains("cache-control: no-cache"))
            #expect(lines.contains("access-control-allow-origin: *"))
            #expect(lines.contains("transfer-encoding: chunked") == (scheme == .http))
            // The hint to nginx is for nginx alone.
            #expect(!lines.contains { $0.hasPrefix("content-length") || $0.hasPrefix("x-accel") })
        }

        @Test("each event reaches the client before the next one is made", arguments: Site.Scheme.allCases)
        func eventsAreNotBuffered(scheme: Site.Scheme) async throws {
            let site = try #require(SharedSite.current)
            let upstream = try #require(SharedSite.upstream)
            let message = "over \(scheme.rawValue) one by one"
            let gates = (0..<3).map { _ in ScriptedHTTPServerGate() }
            var steps: [ScriptedHTTPServerStep] = .eventStreamHead
            for (number, gate) in gates.enumerated() {
                steps += [.wait(gate)] + ChatUpstream.piece("token\(number)")
            }
            upstream.answer(message, with: steps + ChatUpstream.end)
            let slug = try await site.workspace("Unbuffered \(scheme.rawValue)", provider: "generic-openai")
            let stream = try site.stream(
                "workspace/\(slug)/stream-chat", ["message": .string(message)], scheme: scheme)
            for (number, gate) in gates.enumerated() {
                gate.open()
                let text = try await stream.read(until: "token\(number)")
                #expect(!text.contains("token\(number + 1)"))
            }
            let (status, _, body) = try await stream.readToEnd()
            #expect(status == 0)
            #expect(try WireEvents(body).text == "token0token1token2")
        }

        @Test("the head reaches the client before the model has said anything")
        func headComesFirst() async throws {
            let site = try #require(SharedSite.current)
            let upstream = try #require(SharedSite.upstream)
            let gate = ScriptedHTTPServerGate()
            upstream.answer(
                "head first", with: [.wait(gate)] + .eventStreamHead + ChatUpstream.piece("done") + ChatUpstream.end)
            let slug = try await site.workspace("Head first", provider: "generic-openai")
            let body = Array(#"{"message":"head first"}"#.utf8)
            let request = RawConnection.request(
                "POST", Array("/api/v1/workspace/\(slug)/stream-chat".utf8),
                [site.authorization, "Content-Type: application/json", "Content-Length: \(body.count)"], body: body)
            let received = try await RawConnection.exchange(site.nginx, request) { text in
                if text.contains("\r\n\r\n") { gate.open() }
            }
            #expect(received.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(received.contains(#""textResponse":"done""#))
        }

        @Test("a silent stream gets comments when the client asks for them")
        func heartbeat() async throws {
            let site = try #require(SharedSite.current)
            let upstream = try #require(SharedSite.upstream)
            let gate = ScriptedHTTPServerGate()
            upstream.answer(
                "slowly", with: [.wait(gate)] + .eventStreamHead + ChatUpstream.piece("done") + ChatUpstream.end)
            let slug = try await site.workspace("Heartbeat", provider: "generic-openai")
            let stream = try site.stream("workspace/\(slug)/stream-chat?heartbeat=1", ["message": "slowly"])
            #expect(try await stream.read(until: ": \n\n").hasSuffix(": \n\n"))
            gate.open()
            let (_, _, body) = try await stream.readToEnd()
            #expect(try WireEvents(body.replacing(": \n\n", with: "")).text == "done")
        }

        @Test("an upstream that breaks off leaves its text, a reason and a stored chat")
        func upstreamBreaksOff() async throws {
            let site = try #require(SharedSite.current)
            let upstream = try #require(SharedSite.upstream)
            upstream.answer("breaks off", with: .eventStreamHead + ChatUpstream.piece("half") + [.close])
            let slug = try await site.workspace("Broken off", provider: "generic-openai")
            let body = try await site.post("workspace/\(slug)/stream-chat", ["message": "breaks off"]).body
            let events = try WireEvents(body)
            #expect(events.types == ["textResponseChunk", "abort", "finalizeResponseStream"])
            #expect(events.events[1]["error"] == "Premature close")
            #expect(try await site.history(slug).map(\.content) == ["breaks off", "half"])
        }

        @Test("an upstream that refuses is one abort event, and nothing is stored")
        func upstreamRefuses() async throws {
            let site = try #require(SharedSite.current)
            let upstream = try #require(SharedSite.upstream)
            upstream.answer("refused", with: .answer(status: 429, body: #"{"error":{"message":"slow down"}}"#))
            let slug = try await site.workspace("Refused", provider: "generic-openai")
            let streamed = try WireEvents(
                try await site.post("workspace/\(slug)/stream-chat", ["message": "refused"]).body)
            #expect(streamed.types == ["abort"])
            #expect(streamed.events[0]["error"] == "429 slow down")
            let answered = try await site.post("workspace/\(slug)/chat", ["message": "refused"])
            #expect(answered.status == 500)
            #expect(answered.json["error"] == "429 slow down")
            #expect(try await site.history(slug).isEmpty)
        }
    }
}
