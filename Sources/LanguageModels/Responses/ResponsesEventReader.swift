import OrderedJSON

/// Turns the events of a streamed Responses answer into events.
///
/// Text comes as `response.output_text.delta`; `response.completed`, or `response.incomplete` when a limit cut the
/// answer, ends it and carries the usage. Other events are of no interest here.
/// Source: OpenAI API reference, "Streaming events" of the Responses API
/// (platform.openai.com/docs/api-reference/responses-streaming); contract/chat.md 15.4.
struct ResponsesEventReader: ChatEventReader {
    private var calls = ToolCallAssembly()
    private(set) var isFinished = false

    var isDone: Bool { isFinished }
    var toolCalls: [ToolCall] { calls.calls }

    init() {}

    mutating func read(_ event: ServerSentEvent) throws(LanguageModelError) -> [ChatStreamEvent] {
        if isFinished || event.data.isEmpty { return [] }
        if event.data.elementsEqual("[DONE]".utf8) { return end() }
        let json = try JSONValue.frame(event.data)
        switch json["type"]?.stringValue ?? event.name {
        case "response.output_text.delta", "response.refusal.delta":
            guard let text = json["delta"]?.stringValue, !text.isEmpty else { return [] }
            return [.text(text)]
        case "response.output_item.done":
            if let item = json["item"] { calls.add(responseItem: item) }
            return []
        case "response.completed", "response.incomplete":
            let usage = json["response"].flatMap(TokenUsage.init(response:))
            return end() + (usage.map { [.usage($0)] } ?? [])
        case "response.failed":
            throw Self.failure(json["response"]?["error"] ?? json)
        case "error":
            throw Self.failure(json["error"].flatMap { $0.isNull ? nil : $0 } ?? json)
        default:
            return []
        }
    }

    mutating func end() -> [ChatStreamEvent] {
        if isFinished { return [] }
        isFinished = true
        return [.finished]
    }

    static func failure(_ error: JSONValue) -> LanguageModelError {
        LanguageModelError(.upstreamMessage, ProviderRefusal.message(of: error))
    }
}

extension ToolCallAssembly {
    /// Takes an output item of a response when it is a call.
    mutating func add(responseItem item: JSONValue) {
        guard item["type"]?.stringValue == "function_call", let name = item["name"]?.stringValue else { return }
        add(id: item["call_id"]?.stringValue, name: name, arguments: item["arguments"]?.argumentText ?? "")
    }
}

extension TokenUsage {
    /// The usage of a response object, or nil when it has none.
    init?(response: JSONValue) {
        guard let usage = response["usage"], usage.objectValue != nil else { return nil }
        self.init(
            promptTokens: usage["input_tokens"]?.tokenCount, completionTokens: usage["output_tokens"]?.tokenCount,
            totalTokens: usage["total_tokens"]?.tokenCount)
    }
}
