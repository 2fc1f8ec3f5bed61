import OrderedJSON

/// Turns the chunks of a streamed Chat Completions answer into events.
///
/// A state machine without I/O. The end of the body is the end of the answer (contract/chat.md CQ-5, CQ-6); usage
/// after the finish marker counts (CQ-10).
/// Source: OpenAI API reference, "The chat completion chunk object"
/// (platform.openai.com/docs/api-reference/chat/streaming).
struct ChatCompletionChunkReader: ChatEventReader {
    private let finishReasons: [String]?
    private var block = ReasoningBlock()
    private var linker: CitationLinker?
    private var markup: ToolMarkupFilter?
    private var calls = ToolCallAssembly()
    private var usage = TokenUsage()
    /// Nothing more is to be expected: `[DONE]` was read, or the finishing chunk brought its usage along.
    private(set) var isDone = false

    var isFinished: Bool { block.isEnded }
    var toolCalls: [ToolCall] { calls.calls }

    init(_ dialect: ChatCompletionsDialect = ChatCompletionsDialect()) {
        finishReasons = dialect.finishReasons
        linker = dialect.linksCitations ? CitationLinker() : nil
        markup = dialect.dropsToolMarkup ? ToolMarkupFilter() : nil
    }

    mutating func read(_ event: ServerSentEvent) throws(LanguageModelError) -> [ChatStreamEvent] {
        if isDone || event.data.isEmpty { return [] }
        if event.data.elementsEqual("[DONE]".utf8) {
            isDone = true
            return end()
        }
        do throws(LanguageModelError) {
            let chunk = try JSONValue.frame(event.data)
            if event.name == "error" { throw Self.failure(chunk["error"].map { $0.isNull ? chunk : $0 } ?? chunk) }
            return try read(chunk: chunk)
        } catch {
            if isFinished { return [] }
            throw error
        }
    }

    mutating func end() -> [ChatStreamEvent] {
        var events: [ChatStreamEvent] = []
        if !isFinished {
            if let rest = linker?.finish() { block.text(rest, into: &events) }
            if let rest = markup?.finish(hasCalls: !calls.calls.isEmpty), !rest.isEmpty {
                block.text(rest, into: &events)
            }
        }
        return events + block.end()
    }

    private mutating func read(chunk: JSONValue) throws(LanguageModelError) -> [ChatStreamEvent] {
        var events: [ChatStreamEvent] = []
        if !isFinished {
            if let error = chunk["error"], !error.isNull { throw Self.failure(error) }
            if let citations = chunk["citations"]?.arrayValue {
                linker?.citations = citations.map { $0.stringValue ?? "" }
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
        let delta = choice["delta"]
        if let reasoning = delta?.reasoningText { block.reasoning(reasoning, into: &events) }
        if let text = delta?["content"]?.contentText {
            block.text(linker?.link(text) ?? markup?.filter(text) ?? text, into: &events)
        }
        for (position, call) in (delta?["tool_calls"]?.arrayValue ?? []).enumerated() {
            let function = call["function"]
            calls.add(
                place: call["index"]?.integerValue ?? position, id: call["id"]?.stringValue,
                name: function?["name"]?.stringValue, arguments: function?["arguments"]?.argumentText,
                extra: call["extra_content"])
        }
        if let reason = choice["finish_reason"]?.stringValue, finishes(reason) { events += end() }
    }

    private static func failure(_ error: JSONValue) -> LanguageModelError {
        LanguageModelError(.upstreamMessage, ProviderRefusal.message(of: error))
    }

    private func finishes(_ reason: String) -> Bool {
        finishReasons?.contains(reason) ?? !reason.isEmpty
    }
}
