import OrderedJSON

/// A model of OpenAI over the Responses API.
///
/// Source: OpenAI API reference, "Responses"; contract/chat.md 13.2, 15.4.
struct ResponsesModel: ChatModel {
    let name: String
    let providerName: String
    let contextWindow: Int
    let endpoint: ProviderEndpoint

    func complete(_ request: ChatRequest) async throws(LanguageModelError) -> ChatCompletion {
        try await checkName()
        let body = ResponsesRequest(model: name).body(request, isStreamed: false)
        return try Self.completion(try await endpoint.json("/responses", body))
    }

    func stream(_ request: ChatRequest) async throws(LanguageModelError) -> ChatStream {
        try await checkName()
        let body = ResponsesRequest(model: name).body(request, isStreamed: true)
        let (exchange, _) = try await endpoint.post("/responses", body, isStreamed: true)
        return ServerSentEventSource(exchange: exchange, reader: ResponsesEventReader()).stream
    }

    /// Names that are not evidently chat models are looked up first, as the reference does.
    private func checkName() async throws(LanguageModelError) {
        if name.contains("gpt") || name.hasPrefix("o") { return }
        do throws(LanguageModelError) {
            _ = try await endpoint.get("/models/" + name)
        } catch {
            guard case .upstreamStatus = error.code else { throw error }
            throw LanguageModelError(
                .notConfigured, "OpenAI chat: \(name) is not valid for chat completion!", cause: error)
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
}
