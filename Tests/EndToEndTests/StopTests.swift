import Foundation
import OrderedJSON
import TestSupport
import Testing

@Suite("Stopping", .timeLimit(.minutes(2)))
struct StopTests {
    @Test("SIGTERM during a stream lets it come to its end", arguments: Site.Scheme.allCases)
    func drain(scheme: Site.Scheme) async throws {
        let upstream = try ChatUpstream()
        defer { upstream.stop() }
        let gate = ScriptedHTTPServerGate()
        upstream.answer(
            "tell me",
            with: .eventStreamHead + ChatUpstream.piece("before") + [.wait(gate)] + ChatUpstream.piece(" after")
                + ChatUpstream.end)
        let site = try await Site(upstream.settings)
        let slug = try await site.workspace("Drained", provider: "generic-openai")
        let stream = try site.stream("workspace/\(slug)/stream-chat", ["message": "tell me"], scheme: scheme)
        try await stream.read(until: "before")
        site.server.signal(SIGTERM)
        try await socketIsGone(site)
        gate.open()
        let (status, _, body) = try await stream.readToEnd()
        #expect(status == 0)
        let events = try WireEvents(body)
        #expect(events.text == "before after")
        #expect(events.types.last == "finalizeResponseStream")
        #expect(await site.server.exitStatus() == 0)
        try await site.restart()
        #expect(try await site.history(slug).map(\.content) == ["tell me", "before after"])
    }

    @Test("when the time to drain is over, a stream ends with a proper last event and keeps its text")
    func drainTimeIsOver() async throws {
        let upstream = try ChatUpstream()
        defer { upstream.stop() }
        upstream.answer("tell me", with: .eventStreamHead + ChatUpstream.piece("before") + [.stall])
        let site = try await Site(upstream.settings.merging(["CARREL_DRAIN_SECONDS": "0"]) { $1 })
        let slug = try await site.workspace("Cut off", provider: "generic-openai")
        let stream = try site.stream("workspace/\(slug)/stream-chat", ["message": "tell me"])
        try await stream.read(until: "before")
        #expect(await site.server.stop() == 0)
        let (status, _, body) = try await stream.readToEnd()
        #expect(status == 0)
        let events = try WireEvents(body)
        #expect(events.types == ["textResponseChunk", "abort", "finalizeResponseStream"])
        #expect(events.events[1]["error"] == "The server is stopping.")
        #expect(events.events.last?["chatId"] == 1)
        try await site.restart()
        #expect(try await site.history(slug).map(\.content) == ["tell me", "before"])
    }

    @Test(
        "an idle server stops at once on either signal, takes its socket away, and starts again",
        arguments: [SIGTERM, SIGINT])
    func idle(signal: Int32) async throws {
        let site = try await Site()
        let slug = try await site.workspace("Kept")
        site.server.signal(signal)
        #expect(await site.server.exitStatus() == 0)
        #expect(!FileManager.default.fileExists(atPath: site.socket))
        let away = try await site.get("auth")
        #expect(away.status == 502)
        #expect(away.body == #"{"error":"Carrel is not running."}"#)
        try await site.restart()
        #expect(try await site.get("workspace/\(slug)").json["workspace"]?[0]?["name"] == "Kept")
    }

    /// The server accepts nothing more.
    private func socketIsGone(_ site: Site) async throws {
        _ = try await Retry.until("the end of the socket") {
            try await site.nginx.request("GET", "/api/ping", scheme: .http).status == 502 ? true : nil
        }
    }
}
