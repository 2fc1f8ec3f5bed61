import OrderedJSON

/// Turns the events of a streamed Responses answer into events.
///
/// Text comes as `response.output_text.delta`; `response.completed`, or `response.incomplete` when a limit cut the
/// answer, ends it and carries the usage. Other events are of no interest here.
/// Source: OpenAI API reference, "Streaming events" of the Responses API; contract/chat.md 15.4.
struct ResponsesEventReader: ChatEventReader {
    private(set) var isFinished = false
    var isDone: Bool { isFinished }

    init() {}

    mutating func read(_ event: ServerSentEvent) throws(LanguageModelError) -> [ChatStreamEvent] {
        if isFinished || event.data.isEmpty { return [] }
        if event.data.elementsEqual("[DONE]".utf8) { return end() }
        let json: JSONValue
        do {
            json = try JSONParser.parse(event.data)
        } catch {
            throw LanguageModelError(
                .malformedAnswer, "The provider sent an event that is not JSON: \(error.description)", cause: error)
        }
        switch json["type"]?.stringValue ?? event.name {
        case "response.output_text.delta", "response.refusal.delta":
            guard let text = json["delta"]?.stringValue, !text.isEmpty else { return [] }
            return [.text(text)]
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

extension TokenUsage {
    /// The usage of a response object, or nil when it has none.
    init?(response: JSONValue) {
        guard let usage = response["usage"], usage.objectValue != nil else { return nil }
        self.init(
            promptTokens: usage["input_tokens"]?.integerValue, completionTokens: usage["output_tokens"]?.integerValue,
            totalTokens: usage["total_tokens"]?.integerValue)
    }
}
