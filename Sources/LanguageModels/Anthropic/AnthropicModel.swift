import OrderedJSON

/// A model over Anthropic's Messages API; whole answers are streams that are read to their end.
///
/// Source: Anthropic, "Messages" (platform.claude.com/docs/en/api/messages); contract/chat.md 13 to 15.
struct AnthropicModel: RemoteToolCallingModel {
    /// Of the API that these bodies are written for.
    static let version = "2023-06-01"
    private static let path = "/v1/messages"
    private static let completionFailure = "AnthropicLLM::getChatCompletion failed to communicate with Anthropic. "

    let name: String
    let providerName: String
    let contextWindow: Int
    var canStream = true
    var promptCompression = PromptCompression.systemAndContext
    var endpoint: ProviderEndpoint
    var form: AnthropicRequest

    var uncountedTokens: UncountedTokens { .zero }

    func complete(_ request: ChatRequest) async throws(LanguageModelError) -> ChatCompletion {
        do throws(LanguageModelError) {
            return try await ChatCompletion.collected(try await stream(form.body(request)).events)
        } catch {
            throw error.prefixed(Self.completionFailure)
        }
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
            Self.path, body, framing: ServerSentEventParser(), reader: AnthropicEventReader(),
            whole: { (answer) throws(LanguageModelError) -> ToolTurn in
                if let error = answer["error"], !error.isNull { throw AnthropicEventReader.failure(error) }
                return try ProviderEndpoint.refuseWhole(answer)
            })
    }
}
