import OrderedJSON
import Synchronization
import TestSupport

/// A scripted server of chat completions: the test that sends a message says how it is answered.
final class ChatUpstream: Sendable {
    typealias Steps = [ScriptedHTTPServerStep]

    let server: ScriptedHTTPServer
    private let plans: Plans

    private final class Plans: Sendable {
        private let steps = Mutex<[(message: String, steps: Steps)]>([])

        func add(_ message: String, _ steps: Steps) { self.steps.withLock { $0.append((message, steps)) } }

        func steps(for request: ScriptedHTTPServer.Request) -> Steps {
            steps.withLock { $0.first { request.text.contains($0.message) }?.steps }
                ?? .answer(status: 500, body: #"{"error":{"message":"no plan for this message"}}"#)
        }
    }

    init() throws {
        let plans = Plans()
        self.plans = plans
        server = try ScriptedHTTPServer { plans.steps(for: $0) }
    }

    /// What makes Carrel ask this server.
    var settings: [String: String] {
        [
            "GENERIC_OPEN_AI_BASE_PATH": server.base, "GENERIC_OPEN_AI_MODEL_PREF": "scripted",
            "GENERIC_OPEN_AI_API_KEY": "sk-upstream-secret",
        ]
    }

    /// Answers requests whose body contains `message` with these steps.
    func answer(_ message: String, with steps: Steps) { plans.add(message, steps) }

    /// Must be called at the end.
    func stop() { server.stop() }

    /// One piece of a streamed answer.
    static func piece(_ text: String) -> Steps {
        let delta: JSONValue = ["choices": [["index": 0, "delta": ["content": .string(text)], "finish_reason": nil]]]
        return Steps.chunk("data: \(delta.text)\n\n")
    }

    /// The end of a streamed answer.
    static let end: Steps =
        Steps.chunk(#"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"# + "\n\n")
        + Steps.chunk("data: [DONE]\n\n") + Steps.lastChunk

    /// A whole answer.
    static func whole(_ text: String) -> Steps {
        let body: JSONValue = [
            "choices": [["index": 0, "message": ["content": .string(text)], "finish_reason": "stop"]]
        ]
        return Steps.answer(body: body.text)
    }
}
