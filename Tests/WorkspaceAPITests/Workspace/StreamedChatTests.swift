import OrderedJSON
import TestSupport
import Testing

@Suite("Streamed answers of a provider")
struct StreamedChatTests {
    private static let path = "/v1/workspace/ops/stream-chat"

    /// What the events were: `chunk:<text>`, `last`, `final`, `final-empty`, `oneshot:<text>`, `abort-u`, `abort-x`.
    private static func names(_ events: [JSONValue]) -> [String] {
        events.map { event in
            let isGenerated = event["uuid"] != nil
            switch event["type"]?.stringValue {
            case "textResponseChunk" where event["metrics"] != nil:
                return "oneshot:\(event["textResponse"]?.stringValue ?? "null")"
            case "textResponseChunk" where event["close"] == true: return "last"
            case "textResponseChunk": return "chunk:\(event["textResponse"]?.stringValue ?? "null")"
            case "finalizeResponseStream": return event["chatId"] == nil ? "final-empty" : "final"
            case "abort": return (isGenerated ? "abort-u:" : "abort-x:") + (event["error"]?.stringValue ?? "")
            default: return event.text
            }
        }
    }

    struct Scenario: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [ScriptedHTTPServerStep]
        var settings: [String: String] = [:]
        let events: [String]
        /// The answer in history; nil when nothing is stored.
        let stored: String?
        var isLogged = true
    }

    private typealias Steps = [ScriptedHTTPServerStep]

    static let sequences: [Scenario] = [
        Scenario(
            testDescription: "normal", steps: .stream(["Del", "ivery\n\u{2028}\u{0}"]),
            events: ["chunk:Del", "chunk:ivery\n\u{2028}\u{0}", "last", "final"], stored: "Delivery\n\u{2028}\u{0}"),
        Scenario(
            testDescription: "no text", steps: .stream([]), events: ["last", "final-empty"], stored: nil),
        Scenario(
            testDescription: "no choices (CQ-5)", steps: .events([#"{"choices":[]}"#, "[DONE]"]),
            events: ["last", "final-empty"], stored: nil),
        Scenario(
            testDescription: "no finish marker (CQ-6)", steps: .events([Steps.delta("a")]),
            events: ["chunk:a", "last", "final"], stored: "a"),
        Scenario(
            testDescription: "finished by length",
            steps: .events([#"{"choices":[{"delta":{"content":"a"},"finish_reason":"length"}]}"#, "[DONE]"]),
            events: ["chunk:a", "last", "final"], stored: "a"),
        Scenario(
            testDescription: "reasoning, then text",
            steps: .events([Steps.reasoning("h"), Steps.reasoning("m"), Steps.delta("yes"), Steps.stop, "[DONE]"]),
            events: ["chunk:<think>h", "chunk:m", "chunk:</think>", "chunk:yes", "last", "final"],
            stored: "<think>hm</think>yes"),
        Scenario(
            testDescription: "reasoning only (CQ-7)", steps: .events([Steps.reasoning("hm"), Steps.stop, "[DONE]"]),
            events: ["chunk:<think>hm", "chunk:</think>", "last", "final-empty"], stored: nil),
        Scenario(
            testDescription: "refused", steps: .answer(status: 401, body: #"{"error":{"message":"bad key"}}"#),
            events: ["abort-x:401 bad key"], stored: nil, isLogged: false),
        Scenario(
            testDescription: "cut after some text",
            steps: .openStream([Steps.delta("Del"), Steps.delta("iv")]) + [.close],
            events: ["chunk:Del", "chunk:iv", "abort-u:Premature close", "final"], stored: "Deliv"),
        Scenario(
            testDescription: "cut before any text", steps: .openStream([]) + [.close],
            events: ["abort-u:Premature close", "final-empty"], stored: nil),
        Scenario(
            testDescription: "error inside the stream",
            steps: .events([Steps.delta("Del"), #"{"error":{"message":"overloaded"}}"#]),
            events: ["chunk:Del", "abort-u:overloaded", "final"], stored: "Del"),
        Scenario(
            testDescription: "streaming switched off", steps: .completion("June."),
            settings: ["GENERIC_OPENAI_STREAMING_DISABLED": "true"], events: ["oneshot:June.", "final"], stored: "June."
        ),
        Scenario(
            testDescription: "streaming switched off and no text", steps: .answer(body: #"{"choices":[]}"#),
            settings: ["GENERIC_OPENAI_STREAMING_DISABLED": "true"], events: ["oneshot:null", "final-empty"],
            stored: nil),
        Scenario(
            testDescription: "streaming switched off and refused", steps: .answer(status: 500, body: "down"),
            settings: ["GENERIC_OPENAI_STREAMING_DISABLED": "true"], events: ["abort-x:500 down"], stored: nil,
            isLogged: false),
    ]

    @Test("events and stored answers are those of the contract", arguments: sequences)
    func sequence(sequence: Scenario) async throws {
        let provider = try ScriptedProvider(sequence.steps, sequence.settings)
        defer { provider.server.stop() }
        let api = provider.api
        try await api.workspace("Ops")
        let answer = try await api.post(Self.path, #"{"message":"When?"}"#)
        #expect(answer.status == 200)
        let events = try answer.events()
        #expect(Self.names(events) == sequence.events)
        #expect(Set(events.compactMap { $0["uuid"]?.stringValue }).count <= 1)
        let contents = try await api.contents("/v1/workspace/ops/chats")
        #expect(contents == (sequence.stored.map { ["When?", $0] } ?? []))
        #expect(try api.events().contains("api_sent_chat") == sequence.isLogged)
    }

    @Test("key orders of the events that only a provider brings about")
    func keys() async throws {
        let cut = try ScriptedProvider(.openStream([[ScriptedHTTPServerStep].delta("a")]) + [.close])
        defer { cut.server.stop() }
        try await cut.api.workspace("Ops")
        let events = try await cut.api.post(Self.path, #"{"message":"When?"}"#).events()
        try #require(events.count == 3)
        #expect(events[0].objectValue?.keys == ["uuid", "sources", "type", "textResponse", "close", "error"])
        #expect(events[0]["error"] == false)
        #expect(events[1].objectValue?.keys == ["uuid", "type", "textResponse", "sources", "close", "error"])
        #expect(events[2].objectValue?.keys == ["uuid", "type", "close", "error", "chatId", "metrics", "sources"])

        let whole = try ScriptedProvider(.completion("a"), ["GENERIC_OPENAI_STREAMING_DISABLED": "true"])
        defer { whole.server.stop() }
        try await whole.api.workspace("Ops")
        let oneShot = try await whole.api.post(Self.path, #"{"message":"When?"}"#).events()
        #expect(
            oneShot[0].objectValue?.keys == ["uuid", "sources", "type", "textResponse", "close", "error", "metrics"])
        #expect(oneShot[1]["metrics"] == oneShot[0]["metrics"])
    }

    @Test("usage is the provider's, also after the finish marker (CQ-10); without it pieces are counted")
    func usage() async throws {
        let reported = #"{"choices":[],"usage":{"prompt_tokens":80,"completion_tokens":9,"total_tokens":1}}"#
        for (chunks, expected) in [
            ([Steps.stop, reported, "[DONE]"], [9, 80, 89]), ([Steps.stop, "[DONE]"], [2, nil, nil]),
        ] {
            let provider = try ScriptedProvider(.events([Steps.delta("a"), Steps.delta("b")] + chunks))
            defer { provider.server.stop() }
            try await provider.api.workspace("Ops")
            let final = try await provider.api.post(Self.path, #"{"message":"When?"}"#).events().last
            let metrics = try #require(final?["metrics"])
            #expect(
                metrics.objectValue?.keys == [
                    "completion_tokens", "prompt_tokens", "total_tokens", "outputTps", "duration", "model", "provider",
                    "timestamp",
                ])
            #expect(metrics["completion_tokens"]?.integerValue == expected[0])
            let (prompt, total) = (
                metrics["prompt_tokens"]?.integerValue ?? 0, metrics["total_tokens"]?.integerValue ?? 0
            )
            #expect(total == prompt + (expected[0] ?? 0))
            if let wanted = expected[1] { #expect(prompt == wanted) } else { #expect(prompt > 20) }
        }
    }
}
