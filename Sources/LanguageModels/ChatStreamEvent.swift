/// One step of a streamed answer. The concatenation of all reasoning and text pieces is the stored answer.
public enum ChatStreamEvent: Sendable, Equatable {
    /// A piece that goes to the client as it is. The first begins with `<think>`; `</think>` is a piece of its own
    /// and comes before the first text (contract/chat.md 13.4, CQ-8, CQ-23).
    case reasoning(String)
    case text(String)
    /// The answer is complete, at most once per stream; usage may still follow.
    case finished
    /// The latest figures; a later event replaces an earlier one.
    case usage(TokenUsage)
}
