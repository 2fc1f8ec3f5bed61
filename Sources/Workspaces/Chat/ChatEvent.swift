public import OrderedJSON

/// What a streamed chat sends, in the terms of contract/chat.md 15.2.
public enum ChatEvent: Sendable, Equatable {
    /// CHUNK: a piece of the answer.
    case chunk(uuid: String, text: String)
    /// LAST: the model has finished.
    case last(uuid: String)
    /// FINAL: the answer is stored.
    case final(uuid: String, chatId: Int64, metrics: JSONObject, sources: [JSONValue])
    /// FINAL-EMPTY: there was no answer to store.
    case finalEmpty(uuid: String)
    /// ONESHOT: the whole answer of a model that does not stream.
    case oneShot(uuid: String, text: String?, sources: [JSONValue], metrics: JSONObject)
    /// REFUSE; `early` is before history and search were looked at, and has an `attachments` key.
    case refusal(id: String, text: String, early: Bool)
    case reset(id: String)
    /// ABORT-U: upstream broke off in the middle.
    case interrupted(uuid: String, message: String)
    /// LAST with what broke the answer off, in place of ABORT-U.
    case brokenLast(uuid: String, message: String)
    /// What an agent is about to do.
    case agentThought(id: String, thought: String)
    /// A piece of what an agent's model writes.
    case agentChunk(id: String, text: String)
    case agentUsage(id: String, metrics: JSONObject)
    /// The whole text of an agent's answer, after its pieces.
    case agentText(id: String, text: String)
    /// FINAL of an agent, which has no chat id.
    case agentFinal(uuid: String, text: String, thoughts: [String], sources: [JSONValue], metrics: JSONObject)
    /// ABORT-X: anything else, a search that fails among it: here it throws and has no message of its own (ABORT-H).
    case failed(id: String, message: String)
}
