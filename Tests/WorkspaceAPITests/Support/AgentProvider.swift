import OrderedJSON
import Synchronization
import TestSupport
import Workspaces

/// A `generic-openai` provider that plays a scripted turn for each request, the last one again and again, and an API
/// that chats with it.
struct AgentProvider {
    let server: ScriptedHTTPServer
    let api: APIFixture

    /// - Parameters:
    ///   - turns: what the model says to the first request, to the second, and so on.
    ///   - settings: beside the address and the model of the provider.
    ///   - pages: lets agents read web pages.
    init(
        _ turns: [[ScriptedHTTPServerStep]], _ settings: [String: String] = [:], pages: (any PageFetching)? = nil
    ) throws {
        let played = Mutex(0)
        server = try ScriptedHTTPServer(script: { _ in
            let number = played.withLock { played in
                defer { played += 1 }
                return played
            }
            return turns[min(number, turns.count - 1)]
        })
        api = try APIFixture(
            settings: server.genericOpenAI.merging(settings) { $1 }, pages: pages)
    }

    /// What the provider was sent, in order.
    var bodies: [JSONValue] { get throws { try server.bodies } }

    /// The results of tools in the last request.
    var results: [String] {
        get throws {
            try bodies.last?["messages"]?.arrayValue?.filter { $0["role"] == "tool" }
                .map { $0["content"]?.stringValue ?? "" } ?? []
        }
    }
}

extension [ScriptedHTTPServerStep] {
    /// A turn that says something and then calls tools: names and arguments.
    static func calls(_ calls: [(name: String, arguments: String)], saying text: String = "") -> Self {
        let pieces = calls.enumerated().map { index, call -> String in
            let function: JSONValue = ["name": .string(call.name), "arguments": .string(call.arguments)]
            let call: JSONValue = [
                "index": JSONValue(index), "id": .string("call-\(index)"), "type": "function", "function": function,
            ]
            return #"{"choices":[{"index":0,"delta":{"tool_calls":[\#(call.text)]},"finish_reason":null}]}"#
        }
        let usage = #"{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110}}"#
        let end = #"{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#
        return events((text.isEmpty ? [] : [delta(text)]) + pieces + [end, usage, "[DONE]"])
    }

    /// A turn that is the answer, with its usage.
    static func reply(_ pieces: [String]) -> Self {
        let usage = #"{"choices":[],"usage":{"prompt_tokens":200,"completion_tokens":20,"total_tokens":220}}"#
        return events(pieces.map(delta) + [stop, usage, "[DONE]"])
    }
}
