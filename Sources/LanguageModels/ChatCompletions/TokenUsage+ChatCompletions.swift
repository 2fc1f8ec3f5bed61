import OrderedJSON

extension TokenUsage {
    /// Takes over what an answer or chunk of Chat Completions says about its size.
    ///
    /// llama.cpp measures itself in `timings`; its count and time of generation prevail (contract/chat.md 13.5).
    ///
    /// - Returns: whether anything was said.
    mutating func update(fromChatCompletion json: JSONValue) -> Bool {
        var isChanged = false
        if let usage = json["usage"], usage.objectValue != nil {
            promptTokens = usage["prompt_tokens"]?.tokenCount ?? promptTokens
            if duration == nil { completionTokens = usage["completion_tokens"]?.tokenCount ?? completionTokens }
            totalTokens = usage["total_tokens"]?.tokenCount ?? totalTokens
            isChanged = true
        }
        if let timings = json["timings"], let generated = timings["predicted_n"]?.tokenCount {
            completionTokens = generated
            duration = timings["predicted_ms"]?.measuredTime.map { $0 / 1000 } ?? duration
            isChanged = true
        }
        return isChanged
    }
}
