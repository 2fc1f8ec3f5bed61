import LanguageModels
import OrderedJSON

/// Tokens and time of all turns of an agent.
struct AgentUsage: Sendable, Equatable {
    private var promptTokens = 0
    private var completionTokens = 0
    /// Seconds in which the model was at work.
    private var duration = 0.0

    init() {}

    /// - Parameter usage: nil adds the time only.
    mutating func add(_ usage: TokenUsage?, seconds: Double) {
        promptTokens += usage?.promptTokens ?? 0
        completionTokens += usage?.completionTokens ?? 0
        duration += seconds
    }

    /// The keys of contract/chat.md 13.5, in the order of agents.
    func metrics(of model: any ToolCallingModel, at timestamp: String) -> JSONObject {
        [
            "prompt_tokens": JSONValue(promptTokens), "completion_tokens": JSONValue(completionTokens),
            "total_tokens": JSONValue(promptTokens + completionTokens), "duration": .number(duration),
            "outputTps": duration > 0 ? .number(Double(completionTokens) / duration) : .null,
            "model": .string(model.name), "provider": .string(model.agentProviderName),
            "timestamp": .string(timestamp),
        ]
    }
}
