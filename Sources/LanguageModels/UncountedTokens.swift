/// What stands in the metrics of a streamed answer for the counts that its provider did not report
/// (contract/chat.md 13.5).
public enum UncountedTokens: Sendable, Equatable {
    /// An own count of the prompt, and the pieces of text as tokens of the answer.
    case estimated
    /// 0 for the prompt, and the pieces of text as tokens of the answer.
    case pieces
    /// 0.
    case zero
}
