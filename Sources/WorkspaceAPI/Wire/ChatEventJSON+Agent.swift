import OrderedJSON
import Workspaces

extension ChatEvent {
    /// The events of an agent: `id` on all but the last, which has `uuid` (contract/chat.md 6.2). Null for others.
    var agentJSON: JSONValue {
        switch self {
        case .agentThought(let id, let thought):
            [
                "id": .string(id), "type": "agentThought", "thought": .string(thought), "sources": [],
                "attachments": [], "close": false, "error": nil, "animate": true,
            ]
        case .agentChunk(let id, let text):
            [
                "id": .string(id), "type": "textResponseChunk", "textResponse": .string(text), "sources": [],
                "close": false, "error": nil,
            ]
        case .agentUsage(let id, let metrics):
            [
                "id": .string(id), "type": "usageMetrics", "metrics": .object(metrics), "close": false, "error": nil,
            ]
        case .agentText(let id, let text):
            [
                "id": .string(id), "type": "textResponse", "textResponse": .string(text), "sources": [],
                "attachments": [], "close": true, "error": nil, "animate": false,
            ]
        case .agentFinal(let uuid, let text, let thoughts, let sources, let metrics):
            [
                "uuid": .string(uuid), "type": "finalizeResponseStream", "textResponse": .string(text),
                "thoughts": .array(thoughts.map { .string($0) }), "outputs": [], "sources": .array(sources),
                "close": true, "error": false, "metrics": .object(metrics),
            ]
        default: .null
        }
    }
}
