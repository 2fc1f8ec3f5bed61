import OrderedJSON

/// Turns the chunks of a streamed Chat Completions answer into events.
///
/// A state machine without I/O. Differences from the reference are those of contract/chat.md: content that comes
/// together with reasoning is not lost (CQ-8) and comes after `</think>` (CQ-23); reasoning that ends the answer is
/// closed (CQ-7); the end of the body is the end of the answer (CQ-5, CQ-6); usage after the finish marker counts
/// (CQ-10). Reasoning that comes again after text opens another block.
/// Source: OpenAI API reference, "The chat completion chunk object".
struct ChatCompletionChunkReader: ChatEventReader {
    private var isThinking = false
    private(set) var isFinished = false
    private var usage = TokenUsage()
    /// Nothing more is to be expected: `[DONE]` was read, or the finishing chunk brought its usage along.
    private(set) var isDone = false

    init() {}

    mutating func read(_ event: ServerSentEvent) throws(LanguageModelError) -> [ChatStreamEvent] {
        if isDone || event.data.isEmpty { return [] }
        if event.data.elementsEqual("[DONE]".utf8) {
            isDone = true
            return end()
        }
        let chunk: JSONValue
        do {
            chunk = try JSONParser.parse(event.data)
        } catch {
            if isFinished { return [] }
            throw LanguageModelError(
                .malformedAnswer, "The provider sent a chunk that is not JSON: \(error.description)", cause: error)
        }
        return try read(chunk)
    }

    mutating func end() -> [ChatStreamEvent] {
        if isFinished { return [] }
        isFinished = true
        return closeThinking() + [.finished]
    }

    private mutating func read(_ chunk: JSONValue) throws(LanguageModelError) -> [ChatStreamEvent] {
        var events: [ChatStreamEvent] = []
        if !isFinished {
            if let error = chunk["error"], !error.isNull {
                throw LanguageModelError(.upstreamMessage, ProviderRefusal.message(of: error))
            }
            if let choice = chunk["choices"]?[0] { read(choice: choice, into: &events) }
        }
        if usage.update(fromChatCompletion: chunk) {
            events.append(.usage(usage))
            isDone = isFinished
        }
        return events
    }

    private mutating func read(choice: JSONValue, into events: inout [ChatStreamEvent]) {
        if let reasoning = choice["delta"]?.reasoningText {
            events.append(.reasoning(isThinking ? reasoning : "<think>" + reasoning))
            isThinking = true
        }
        if let text = choice["delta"]?["content"]?.contentText, !text.isEmpty {
            events += closeThinking()
            events.append(.text(text))
        }
        if let reason = choice["finish_reason"]?.stringValue, !reason.isEmpty { events += end() }
    }

    private mutating func closeThinking() -> [ChatStreamEvent] {
        defer { isThinking = false }
        return isThinking ? [.reasoning("</think>")] : []
    }
}
