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
    /// ABORT-H: the search reported a failure.
    case searchFailed(id: String, message: String)
    /// ABORT-U: upstream broke off in the middle.
    case interrupted(uuid: String, message: String)
    /// ABORT-X: anything else.
    case failed(id: String, message: String)
}
