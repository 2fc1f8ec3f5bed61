public import OrderedJSON

/// How a synchronous chat ended (contract/chat.md 4 and 14). Ids are UUIDs of the answer.
public enum ChatReply: Sendable, Equatable {
    case reset(id: String)
    /// Query mode without anything to answer from.
    case refusal(id: String, text: String)
    /// The model gave no text; nothing is stored.
    case emptyCompletion(id: String, metrics: JSONObject)
    /// Of an agent; it has no chat id.
    case agent(id: String, text: String, thoughts: [String], sources: [JSONValue], metrics: JSONObject)
    case answer(id: String, chatId: Int64, text: String, sources: [JSONValue], metrics: JSONObject)
}
