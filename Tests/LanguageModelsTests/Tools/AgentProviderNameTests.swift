import Testing

@testable import LanguageModels

@Suite("Names of providers in the metrics of agents")
struct AgentProviderNameTests {
    @Test(
        "the ending is another, and some names differ by more",
        arguments: [
            ("GenericOpenAiLLM", "GenericOpenAiProvider"), ("OpenAiLLM", "OpenAIProvider"),
            ("AnthropicLLM", "AnthropicProvider"), ("OllamaAILLM", "OllamaProvider"), ("LiteLLM", "LiteLLMProvider"),
            ("GroqLLM", "GroqProvider"),
        ])
    func name(plain: String, agent: String) { #expect(AgentProviderName.name(plain) == agent) }
}
