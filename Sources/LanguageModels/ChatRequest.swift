/// What is asked of a model: the whole prompt, and the parts it was made of.
public struct ChatRequest: Sendable {
    /// System message first, then history, then the question, as the prompt was laid out.
    public var messages: [ChatMessage]
    /// 0...2 for most providers; sent as it is.
    public var temperature: Double
    /// The user's message alone.
    public var question: String
    /// The context that the system message already contains, passage by passage.
    public var passages: [ContextPassage]

    public init(
        messages: [ChatMessage], temperature: Double, question: String, passages: [ContextPassage] = []
    ) {
        self.messages = messages
        self.temperature = temperature
        self.question = question
        self.passages = passages
    }
}
