import OrderedJSON

/// The JSON text of a chat row's answer (contract/chat.md 12.1).
struct StoredAnswer: Sendable, Equatable {
    var text: String
    var sources: [JSONValue]
    var attachments: [JSONValue]
    /// The mode, shown as `type` in history; nil in rows of other programs.
    var type: String?
    var metrics: JSONObject
    /// Only of agents (contract/chat.md 6.3).
    var agent: Agent?

    struct Agent: Sendable, Equatable {
        var thoughts: [String]
        var outputs: [JSONValue]
    }

    var json: String {
        var object: JSONObject = [
            "text": .string(text), "sources": .array(sources), "attachments": .array(attachments),
            "type": JSONValue(type),
        ]
        if let agent {
            object["thoughts"] = .array(agent.thoughts.map { .string($0) })
            object["outputs"] = .array(agent.outputs)
        }
        object["metrics"] = .object(metrics)
        return JSONValue.object(object).text
    }
}
