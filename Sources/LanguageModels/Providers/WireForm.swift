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

/// Addresses of AWS Bedrock; `*` stands for the region.
struct BedrockHosts: Sendable {
    /// For API keys: Chat Completions below `/v1`, Messages below `/anthropic`.
    var mantle = "https://bedrock-mantle.*.api.aws"
    /// For signed requests: Converse.
    var runtime = "https://bedrock-runtime.*.amazonaws.com"
}
