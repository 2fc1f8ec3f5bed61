import OrderedJSON

/// What an agent has come to (contract/chat.md 6.2).
struct AgentAnswer: Sendable, Equatable {
    var text = ""
    /// What was said along the way, in order.
    var thoughts: [String] = []
    /// Documents given whole, and the passages that its searches found.
    var sources: [JSONValue] = []
    /// Empty after a failure.
    var metrics: JSONObject = [:]
    /// Names of the tools that were called, one for each call.
    var toolCalls: [String] = []
    /// The text is what went wrong.
    var hasFailed = false
    /// The client has left, or the server stops: nobody waits for more.
    var isCut = false

    /// Whether the same request may be answered by it again.
    var isWhole: Bool { !hasFailed && !isCut }
}
