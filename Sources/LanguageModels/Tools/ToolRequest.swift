/// A prompt with tools that the model may use, and the rounds that have been played so far.
public struct ToolRequest: Sendable {
    /// The prompt; its temperature is not sent, as the reference's agents leave it to the provider
    /// (contract/chat.md 6.2).
    public var chat: ChatRequest
    public var tools: [ToolDefinition]
    /// Oldest first; they follow the prompt's last message.
    public var rounds: [ToolRound]

    public init(chat: ChatRequest, tools: [ToolDefinition], rounds: [ToolRound] = []) {
        self.chat = chat
        self.tools = tools
        self.rounds = rounds
    }
}
