import OrderedJSON

/// Turns the events of a streamed Messages answer into events.
///
/// The answer ends with `message_stop`; `message_delta` before it carries the usage. Unknown events and blocks are
/// skipped, as Anthropic's versioning policy asks of clients.
/// Source: Anthropic, "Streaming messages" (platform.claude.com/docs/en/build-with-claude/streaming).
struct AnthropicEventReader: ChatEventReader {
    private var block = ReasoningBlock()
    private var calls = ToolCallAssembly()
    private var usage = TokenUsage()

    var isFinished: Bool { block.isEnded }
    var isDone: Bool { isFinished }
    var toolCalls: [ToolCall] { calls.calls }

    init() {}

    mutating func read(_ event: ServerSentEvent) throws(LanguageModelError) -> [ChatStreamEvent] {
        if isFinished || event.data.isEmpty { return [] }
        let json = try JSONValue.frame(event.data)
        var events: [ChatStreamEvent] = []
        switch json["type"]?.stringValue ?? event.name {
        case "message_start": update(json["message"]?["usage"], into: &events)
        case "message_delta": update(json["usage"], into: &events)
        case "content_block_start":
            if let start = json["content_block"], start["type"]?.stringValue == "tool_use" {
                calls.add(place: place(json), id: start["id"]?.stringValue, name: start["name"]?.stringValue)
            }
        case "content_block_delta": read(delta: json, into: &events)
        case "message_stop": events = end()
        case "error": throw Self.failure(json["error"])
        default: break
        }
        return events
    }

    mutating func end() -> [ChatStreamEvent] { block.end() }

    private mutating func read(delta json: JSONValue, into events: inout [ChatStreamEvent]) {
        let delta = json["delta"]
        switch delta?["type"]?.stringValue {
        case "text_delta": block.text(delta?["text"]?.stringValue ?? "", into: &events)
        case "thinking_delta": block.reasoning(delta?["thinking"]?.stringValue ?? "", into: &events)
        case "input_json_delta": calls.add(place: place(json), arguments: delta?["partial_json"]?.stringValue)
        default: break
        }
    }

    private func place(_ json: JSONValue) -> Int { json["index"]?.integerValue ?? 0 }

    /// The counts of `message_delta` are totals so far.
    private mutating func update(_ json: JSONValue?, into events: inout [ChatStreamEvent]) {
        guard let json, json.objectValue != nil else { return }
        usage.promptTokens = json["input_tokens"]?.tokenCount ?? usage.promptTokens
        usage.completionTokens = json["output_tokens"]?.tokenCount ?? usage.completionTokens
        usage.totalTokens = (usage.promptTokens ?? 0) + (usage.completionTokens ?? 0)
        events.append(.usage(usage))
    }

    /// The reference's words (contract/chat.md 15.3).
    static func failure(_ error: JSONValue?) -> LanguageModelError {
        let type = error?["type"]?.stringValue ?? "error"
        let message = error.map { ProviderRefusal.message(of: $0) } ?? ""
        return LanguageModelError(.upstreamMessage, "Anthropic Error:\(type) \(message)")
    }
}
