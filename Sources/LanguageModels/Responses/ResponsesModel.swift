import OrderedJSON

/// A model of OpenAI over the Responses API.
///
/// Source: OpenAI API reference, "Responses" (platform.openai.com/docs/api-reference/responses);
/// contract/chat.md 13.2, 15.4.
struct ResponsesModel: RemoteToolCallingModel {
    private static let path = "/responses"

    let name: String
    let providerName: String
    let contextWindow: Int
    var endpoint: ProviderEndpoint

    private var form: ResponsesRequest { ResponsesRequest(model: name) }

    func complete(_ request: ChatRequest) async throws(LanguageModelError) -> ChatCompletion {
        try await checkName()
        return try Self.completion(try await endpoint.json(Self.path, form.body(request, isStreamed: false)))
    }

    func stream(_ request: ChatRequest) async throws(LanguageModelError) -> ChatStream {
        try await stream(form.body(request, isStreamed: true)).events
    }

    func stream(_ request: ToolRequest) async throws(LanguageModelError) -> ToolTurn {
        try await stream(form.body(request))
    }

    private func stream(_ body: JSONValue) async throws(LanguageModelError) -> ToolTurn {
        try await checkName()
        return try await endpoint.stream(
            Self.path, body, framing: ServerSentEventParser(), reader: ResponsesEventReader(),
            whole: { (answer) throws(LanguageModelError) -> ToolTurn in
                let calls = Self.calls(answer)
                return ToolTurn(events: ChatStream(events: try Self.completion(answer).events), calls: { calls })
            })
    }

    /// Names that are not evidently chat models are looked up first, as the reference does.
    private func checkName() async throws(LanguageModelError) {
        if name.contains("gpt") || name.hasPrefix("o") { return }
        do throws(LanguageModelError) {
            _ = try await endpoint.get("/models/" + PercentEncoding.segment(name))
        } catch {
            guard case .upstreamStatus = error.code else { throw error }
            throw ModelCheck.refusal("OpenAI chat", name, cause: error)
        }
    }

    static func completion(_ response: JSONValue) throws(LanguageModelError) -> ChatCompletion {
        if let error = response["error"], !error.isNull { throw ResponsesEventReader.failure(error) }
        let texts = (response["output"]?.arrayValue ?? [])
            .filter { $0["type"]?.stringValue == "message" }
            .flatMap { $0["content"]?.arrayValue ?? [] }
            .compactMap { $0["text"]?.stringValue ?? $0["refusal"]?.stringValue }
        return ChatCompletion(
            text: texts.isEmpty ? nil : texts.joined(), usage: TokenUsage(response: response))
    }

    private static func calls(_ response: JSONValue) -> [ToolCall] {
        var assembly = ToolCallAssembly()
        for item in response["output"]?.arrayValue ?? [] { assembly.add(responseItem: item) }
        return assembly.calls
    }
}
