/// What is cut when a prompt does not fit its model's window (contract/chat.md 11.5).
public enum PromptCompression: Sendable {
    /// System prompt and context, each to its share.
    case systemAndContext
    /// The system prompt alone; the context stays whole, and images are left out. As the reference does for Anthropic.
    case systemAlone
}
