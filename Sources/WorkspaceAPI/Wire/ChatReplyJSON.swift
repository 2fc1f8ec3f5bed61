import OrderedJSON
import Workspaces

extension ChatReply {
    /// The answer of the synchronous chat endpoints, with the key order of each outcome (contract/chat.md 5, 7, 10, 14).
    var json: JSONValue {
        switch self {
        case .reset(let id):
            [
                "id": .string(id), "type": "textResponse", "textResponse": "Chat history was reset!", "sources": [],
                "close": true, "error": nil, "metrics": [:],
            ]
        case .refusal(let id, let text):
            [
                "id": .string(id), "type": "textResponse", "sources": [], "close": true, "error": nil,
                "textResponse": .string(text), "metrics": [:],
            ]
        case .emptyCompletion(let id, let metrics):
            [
                "id": .string(id), "type": "abort", "textResponse": nil, "sources": [], "close": true,
                "error": "No text completion could be completed with this input.", "metrics": .object(metrics),
            ]
        case .agent(let id, let text, let thoughts, let sources, let metrics):
            [
                "id": .string(id), "type": "textResponse", "sources": .array(sources), "close": true, "error": nil,
                "textResponse": .string(text), "thoughts": .array(thoughts.map { .string($0) }), "outputs": [],
                "metrics": .object(metrics),
            ]
        case .answer(let id, let chatId, let text, let sources, let metrics):
            [
                "id": .string(id), "type": "textResponse", "close": true, "error": nil,
                "chatId": JSONValue(Int(chatId)),
                "textResponse": .string(text), "sources": .array(sources), "metrics": .object(metrics),
            ]
        }
    }
}
