import OrderedJSON

/// A model of AWS Bedrock over Converse and ConverseStream, for accounts that sign their requests.
///
/// Source: AWS, "Carry out a conversation with the Converse API operations"
/// (docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference.html).
struct ConverseModel: RemoteToolCallingModel {
    let name: String
    let providerName: String
    let contextWindow: Int
    var canStream = true
    var endpoint: ProviderEndpoint
    let form: ConverseRequest

    func complete(_ request: ChatRequest) async throws(LanguageModelError) -> ChatCompletion {
        let answer = try await endpoint.json(path("converse"), form.body(request))
        let content = answer["output"]?["message"]?["content"]?.arrayValue ?? []
        let text = content.compactMap { $0["text"]?.stringValue }
        let reasoning = content.compactMap { $0["reasoningContent"]?["reasoningText"]?["text"]?.stringValue }
        return ChatCompletion(
            text: ReasoningBlock.joined(
                reasoning: reasoning.isEmpty ? nil : reasoning.joined(), text: text.isEmpty ? nil : text.joined()),
            usage: TokenUsage(converse: answer))
    }

    func stream(_ request: ChatRequest) async throws(LanguageModelError) -> ChatStream {
        guard canStream else { return ChatStream(events: try await complete(request).events) }
        return try await stream(form.body(request)).events
    }

    func stream(_ request: ToolRequest) async throws(LanguageModelError) -> ToolTurn {
        try await stream(form.body(request))
    }

    private func stream(_ body: JSONValue) async throws(LanguageModelError) -> ToolTurn {
        try await endpoint.stream(
            path("converse-stream"), body, framing: AWSEventFraming(), reader: ConverseEventReader(),
            whole: ProviderEndpoint.refuseWhole)
    }

    private func path(_ operation: String) -> String { "/model/\(PercentEncoding.segment(name))/\(operation)" }
}
