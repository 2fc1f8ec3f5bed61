import OrderedJSON

/// Turns the lines of a streamed chat of Ollama into events; the line with `done` ends it and carries the usage.
///
/// Source: Ollama, "Streaming" (docs.ollama.com/api/streaming) and "Generate a chat message"
/// (docs.ollama.com/api/chat).
struct OllamaLineReader: ChatEventReader {
    private var block = ReasoningBlock()
    private var calls = ToolCallAssembly()

    var isFinished: Bool { block.isEnded }
    var isDone: Bool { isFinished }
    var toolCalls: [ToolCall] { calls.calls }

    init() {}

    mutating func read(_ line: [UInt8]) throws(LanguageModelError) -> [ChatStreamEvent] {
        if isFinished { return [] }
        let json = try JSONValue.frame(line)
        if let error = json["error"], !error.isNull {
            throw LanguageModelError(.upstreamMessage, ProviderRefusal.message(of: error))
        }
        var events: [ChatStreamEvent] = []
        let message = json["message"]
        block.reasoning(message?["thinking"]?.stringValue ?? "", into: &events)
        block.text(message?["content"]?.stringValue ?? "", into: &events)
        for call in message?["tool_calls"]?.arrayValue ?? [] {
            let function = call["function"]
            calls.add(
                id: call["id"]?.stringValue, name: function?["name"]?.stringValue ?? "",
                arguments: function?["arguments"]?.argumentText ?? "")
        }
        if json["done"]?.boolValue == true {
            events += end()
            if let usage = TokenUsage(ollama: json) { events.append(.usage(usage)) }
        }
        return events
    }

    mutating func end() -> [ChatStreamEvent] { block.end() }
}

extension TokenUsage {
    /// The figures of an answer that is done; durations are nanoseconds. Nil when it has none.
    init?(ollama json: JSONValue) {
        let prompt = json["prompt_eval_count"]?.tokenCount
        let completion = json["eval_count"]?.tokenCount
        guard prompt != nil || completion != nil else { return nil }
        self.init(
            promptTokens: prompt, completionTokens: completion, totalTokens: (prompt ?? 0) + (completion ?? 0),
            duration: json["eval_duration"]?.measuredTime.map { $0 / 1e9 })
    }
}
