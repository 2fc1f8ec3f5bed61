/// What the reference calls a provider in the metrics of agents: a class of its own beside that of plain chats.
enum AgentProviderName {
    /// By the name in plain chats, where the two differ by more than the ending.
    private static let others = [
        "OpenAiLLM": "OpenAIProvider", "OllamaAILLM": "OllamaProvider", "TextGenWebUILLM": "TextWebGenUiProvider",
        "LiteLLM": "LiteLLMProvider", "TogetherAiLLM": "TogetherAIProvider", "FireworksAiLLM": "FireworksAIProvider",
    ]

    static func name(_ providerName: String) -> String {
        if let name = others[providerName] { return name }
        let stem = providerName.hasSuffix("LLM") ? String(providerName.dropLast("LLM".count)) : providerName
        return stem + "Provider"
    }
}

extension ToolCallingModel {
    /// `provider` of an agent's metrics, e.g. `OpenAIProvider` (contract/chat.md 6.2).
    public var agentProviderName: String { AgentProviderName.name(providerName) }
}
