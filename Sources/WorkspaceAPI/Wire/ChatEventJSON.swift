import OrderedJSON
import Workspaces

extension ChatEvent {
    /// The event's object: its identifier is `uuid` on generated answers and `id` elsewhere, and `error` is `false` on
    /// the former and null or a text elsewhere (contract/chat.md 15.2).
    var json: JSONValue {
        switch self {
        case .chunk(let uuid, let text): Self.chunk(uuid, text, close: false)
        case .last(let uuid): Self.chunk(uuid, "", close: true)
        case .brokenLast(let uuid, let message): Self.chunk(uuid, "", close: true, error: .string(message))
        case .final(let uuid, let chatId, let metrics, let sources):
            [
                "uuid": .string(uuid), "type": "finalizeResponseStream", "close": true, "error": false,
                "chatId": JSONValue(Int(chatId)), "metrics": .object(metrics), "sources": .array(sources),
            ]
        case .finalEmpty(let uuid):
            ["uuid": .string(uuid), "type": "finalizeResponseStream", "close": true, "error": false]
        case .oneShot(let uuid, let text, let sources, let metrics):
            [
                "uuid": .string(uuid), "sources": .array(sources), "type": "textResponseChunk",
                "textResponse": JSONValue(text), "close": true, "error": false, "metrics": .object(metrics),
            ]
        case .refusal(let id, let text, let early): Self.textResponse(id, text, withAttachments: early)
        case .reset(let id): Self.textResponse(id, "Chat history was reset!", withAttachments: true)
        case .interrupted(let uuid, let message): Self.abort("uuid", uuid, message)
        case .failed(let id, let message): Self.abort("id", id, message)
        case .agentThought, .agentChunk, .agentUsage, .agentText, .agentFinal: agentJSON
        }
    }

    private static func chunk(
        _ uuid: String, _ text: String, close: Bool, error: JSONValue = false
    ) -> JSONValue {
        [
            "uuid": .string(uuid), "sources": [], "type": "textResponseChunk", "textResponse": .string(text),
            "close": .bool(close), "error": error,
        ]
    }

    private static func textResponse(_ id: String, _ text: String, withAttachments: Bool) -> JSONValue {
        var object: JSONObject = [
            "id": .string(id), "type": "textResponse", "textResponse": .string(text), "sources": [],
        ]
        if withAttachments { object["attachments"] = [] }
        object["close"] = true
        object["error"] = JSONValue.null
        object["metrics"] = [:]
        return .object(object)
    }

    private static func abort(_ key: String, _ id: String, _ message: String) -> JSONValue {
        [
            key: .string(id), "type": "abort", "textResponse": nil, "sources": [], "close": true,
            "error": .string(message),
        ]
    }
}
