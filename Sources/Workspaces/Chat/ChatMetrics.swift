import LanguageModels
import OrderedJSON

/// The metrics of an answer, with the key order of each kind (contract/chat.md 13.5).
struct ChatMetrics: Sendable {
    let model: any ChatModel
    /// Wall time in seconds; what upstream reports takes its place.
    let duration: Double
    let timestamp: String
    /// Nil leaves the cost out.
    let price: TokenPrice?

    func sync(_ usage: TokenUsage?) -> JSONObject {
        let completion = usage?.completionTokens ?? 0
        let seconds = usage?.duration ?? duration
        var metrics: JSONObject = [
            "prompt_tokens": JSONValue(usage?.promptTokens ?? 0),
            "completion_tokens": JSONValue(completion),
            "total_tokens": JSONValue(usage?.totalTokens ?? 0),
        ]
        let rate = Self.rate(completion, seconds)
        if model.reportsDurationBeforeRate {
            metrics["duration"] = .number(seconds)
            metrics["outputTps"] = rate
        } else {
            metrics["outputTps"] = rate
            metrics["duration"] = .number(seconds)
        }
        return named(metrics, usage?.promptTokens ?? 0, completion)
    }

    /// - Parameter usage: completed by what stands for unreported counts.
    func stream(_ usage: TokenUsage) -> JSONObject {
        let completion = usage.completionTokens ?? 0
        let prompt = usage.promptTokens ?? 0
        let seconds = usage.duration ?? duration
        let metrics: JSONObject = [
            "completion_tokens": JSONValue(completion),
            "prompt_tokens": JSONValue(prompt),
            "total_tokens": JSONValue(prompt + completion),
            "outputTps": Self.rate(completion, seconds),
            "duration": .number(seconds),
        ]
        return named(metrics, prompt, completion)
    }

    private func named(_ metrics: JSONObject, _ prompt: Int, _ completion: Int) -> JSONObject {
        var metrics = metrics
        metrics["model"] = .string(model.name)
        metrics["provider"] = .string(model.providerName)
        metrics["timestamp"] = .string(timestamp)
        if let cost = price?.cost(promptTokens: prompt, completionTokens: completion) {
            metrics["inputCost"] = .number(cost.input)
            metrics["outputCost"] = .number(cost.output)
            metrics["totalCost"] = .number(cost.total)
        }
        return metrics
    }

    private static func rate(_ tokens: Int, _ seconds: Double) -> JSONValue {
        seconds > 0 ? .number(Double(tokens) / seconds) : .null
    }
}
