/// The interface through which a provider is spoken to.
enum WireForm: Sendable {
    case extractive
    /// No model of its own: rules of a stored router choose one.
    case router
    case chatCompletions(ChatCompletionsDialect)
    case responses
    case anthropicMessages
    case ollamaChat
    case bedrock(BedrockHosts)
}
