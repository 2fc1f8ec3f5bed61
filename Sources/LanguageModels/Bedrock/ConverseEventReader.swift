import OrderedJSON

/// Turns the messages of a ConverseStream answer into events; `messageStop` ends it and `metadata` after it carries
/// the usage.
///
/// Source: AWS, "ConverseStream"
/// (docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html).
struct ConverseEventReader: ChatEventReader {
    private var block = ReasoningBlock()
    private var calls = ToolCallAssembly()
    private(set) var isDone = false

    var isFinished: Bool { block.isEnded }
    var toolCalls: [ToolCall] { calls.calls }

    init() {}

    mutating func read(_ message: AWSEventMessage) throws(LanguageModelError) -> [ChatStreamEvent] {
        if isDone { return [] }
        guard message.kind == "event" else {
            if isFinished { return [] }
            throw Self.failure(message)
        }
        let json = message.payload.isEmpty ? JSONValue.null : try JSONValue.frame(message.payload)
        var events: [ChatStreamEvent] = []
        switch message.headers[":event-type"] {
        case "contentBlockStart":
            if let use = json["start"]?["toolUse"] {
                calls.add(place: place(json), id: use["toolUseId"]?.stringValue, name: use["name"]?.stringValue)
            }
        case "contentBlockDelta":
            guard let delta = json["delta"], !isFinished else { break }
            block.reasoning(delta["reasoningContent"]?["text"]?.stringValue ?? "", into: &events)
            block.text(delta["text"]?.stringValue ?? "", into: &events)
            if let use = delta["toolUse"] { calls.add(place: place(json), arguments: use["input"]?.stringValue) }
        case "messageStop":
            events = end()
        case "metadata":
            if let usage = TokenUsage(converse: json) { events.append(.usage(usage)) }
            isDone = isFinished
        default: break
        }
        return events
    }

    mutating func end() -> [ChatStreamEvent] { block.end() }

    private func place(_ json: JSONValue) -> Int { json["contentBlockIndex"]?.integerValue ?? 0 }

    /// An exception has its words in the payload, an error in the headers.
    private static func failure(_ message: AWSEventMessage) -> LanguageModelError {
        let type = message.headers[":exception-type"] ?? message.headers[":error-code"] ?? "error"
        // Not JSON: the type says what happened.
        let payload = try? JSONParser.parse(message.payload)
        let text = payload?["message"]?.stringValue ?? message.headers[":error-message"] ?? ""
        return LanguageModelError(.upstreamMessage, text.isEmpty ? type : "\(type): \(text)")
    }
}

extension TokenUsage {
    /// The `usage` of a Converse answer, or nil when it has none.
    init?(converse json: JSONValue) {
        guard let usage = json["usage"], usage.objectValue != nil else { return nil }
        self.init(
            promptTokens: usage["inputTokens"]?.tokenCount, completionTokens: usage["outputTokens"]?.tokenCount,
            totalTokens: usage["totalTokens"]?.tokenCount)
    }
}
