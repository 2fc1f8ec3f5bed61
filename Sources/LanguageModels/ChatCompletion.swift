/// A whole answer.
public struct ChatCompletion: Sendable, Equatable {
    /// The answer with its reasoning in front (`<think>…</think>`); nil or empty when the model gave none, which
    /// includes an answer without choices (contract/chat.md CQ-5).
    public var text: String?
    public var usage: TokenUsage?

    public init(text: String?, usage: TokenUsage? = nil) {
        self.text = text
        self.usage = usage
    }
}
