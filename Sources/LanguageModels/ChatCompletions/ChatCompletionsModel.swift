import OrderedJSON

/// A model behind an OpenAI-compatible server, over Chat Completions.
///
/// Source: OpenAI API reference, "Chat" (platform.openai.com/docs/api-reference/chat); contract/chat.md 13 to 15.
struct ChatCompletionsModel: RemoteToolCallingModel {
    private static let path = "/chat/completions"

    let name: String
    let providerName: String
    let contextWindow: Int
    var defaultTemperature = 0.7
    var canStream = true
    var endpoint: ProviderEndpoint
    let form: ChatCompletionsRequest
    /// Asks whether the provider has the model, before each call.
    var check: ModelCheck?

    var reportsDurationBeforeRate: Bool { form.dialect.reportsDurationBeforeRate }
    var uncountedTokens: UncountedTokens { form.dialect.uncountedTokens }

    func complete(_ request: ChatRequest) async throws(LanguageModelError) -> ChatCompletion {
        try await prepare(isStreamed: false)
        return try completion(try await endpoint.json(Self.path, form.body(request, isStreamed: false)))
    }

    func stream(_ request: ChatRequest) async throws(LanguageModelError) -> ChatStream {
        guard canStream else { return ChatStream(events: try await complete(request).events) }
        try await prepare(isStreamed: true)
        return try await stream(form.body(request, isStreamed: true)).events
    }

    func stream(_ request: ToolRequest) async throws(LanguageModelError) -> ToolTurn {
        try await prepare(isStreamed: true)
        return try await stream(form.body(request))
    }

    private func stream(_ body: JSONValue) async throws(LanguageModelError) -> ToolTurn {
        try await endpoint.stream(
            Self.path, body, framing: ServerSentEventParser(), reader: ChatCompletionChunkReader(form.dialect),
            whole: { (answer) throws(LanguageModelError) -> ToolTurn in
                // A server that cannot stream answers at once.
                let calls = Self.calls(answer)
                return ToolTurn(events: ChatStream(events: try completion(answer).events), calls: { calls })
            })
    }

    private func prepare(isStreamed: Bool) async throws(LanguageModelError) {
        try await check?.verify(name, isStreamed: isStreamed)
        switch form.dialect.preparation {
        case nil: break
        case .lemonade: try await LemonadeLoad(endpoint: endpoint)(name, window: contextWindow)
        case .foundry: try await FoundryLoad(endpoint: endpoint)(name)
        }
    }

    /// An answer without choices has no text (CQ-5); an error in place of choices is the provider's error.
    func completion(_ answer: JSONValue) throws(LanguageModelError) -> ChatCompletion {
        var usage = TokenUsage()
        let isMeasured = usage.update(fromChatCompletion: answer)
        let message = answer["choices"]?[0]?["message"]
        if message == nil, let error = answer["error"], !error.isNull {
            throw LanguageModelError(.upstreamMessage, ProviderRefusal.message(of: error))
        }
        var text = message?["content"]?.contentText
        if form.dialect.linksCitations, let plain = text {
            var linker = CitationLinker()
            linker.citations = (answer["citations"]?.arrayValue ?? []).map { $0.stringValue ?? "" }
            text = linker.link(plain) + linker.finish()
        }
        if form.dialect.dropsToolMarkup, let plain = text {
            var markup = ToolMarkupFilter()
            text = markup.filter(plain) + markup.finish(hasCalls: !Self.calls(answer).isEmpty)
        }
        if form.dialect.showsReasoningInWholeAnswers {
            text = ReasoningBlock.joined(reasoning: message?.reasoningText, text: text)
        }
        return ChatCompletion(text: text, usage: isMeasured ? usage : nil)
    }

    private static func calls(_ answer: JSONValue) -> [ToolCall] {
        var assembly = ToolCallAssembly()
        for call in answer["choices"]?[0]?["message"]?["tool_calls"]?.arrayValue ?? [] {
            let function = call["function"]
            assembly.add(
                id: call["id"]?.stringValue, name: function?["name"]?.stringValue ?? "",
                arguments: function?["arguments"]?.argumentText ?? "", extra: call["extra_content"])
        }
        return assembly.calls
    }
}
