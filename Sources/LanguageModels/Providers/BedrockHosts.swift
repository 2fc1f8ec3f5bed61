/// Addresses of AWS Bedrock; `*` stands for the region.
struct BedrockHosts: Sendable {
    /// For API keys: Chat Completions below `/v1`, Messages below `/anthropic`.
    var mantle = "https://bedrock-mantle.*.api.aws"
    /// For signed requests: Converse.
    var runtime = "https://bedrock-runtime.*.amazonaws.com"
}
