import OrderedJSON

/// A model of an Ollama server, over its own chat API.
///
/// Source: Ollama, "API reference" (docs.ollama.com/api); contract/chat.md 13 to 15.
struct OllamaModel: RemoteToolCallingModel {
    private static let path = "/api/chat"
    private static let completionFailure = "Ollama::getChatCompletion failed to communicate with Ollama. "
    private static let streamFailure = "Ollama:streaming - could not stream chat. "
    private static let unreachable =
        "Your Ollama instance could not be reached or is not responding. Please make sure it is running the API "
        + "server and your connection information is correct in AnythingLLM."

    let name: String
    let providerName: String
    let contextWindow: Int
    var endpoint: ProviderEndpoint
    let form: OllamaRequest

    var reportsBreaksInLastChunk: Bool { true }
    var uncountedTokens: UncountedTokens { .zero }

    func complete(_ request: ChatRequest) async throws(LanguageModelError) -> ChatCompletion {
        let answer: JSONValue
        do throws(LanguageModelError) {
            answer = try await endpoint.json(Self.path, form.body(request, isStreamed: false))
        } catch {
            throw Self.explained(error).prefixed(Self.completionFailure)
        }
        if let error = answer["error"], !error.isNull {
            throw LanguageModelError(.upstreamMessage, ProviderRefusal.message(of: error))
                .prefixed(Self.completionFailure)
        }
        let message = answer["message"]
        let text = ReasoningBlock.joined(
            reasoning: message?["thinking"]?.stringValue, text: message?["content"]?.stringValue)
        guard let text, !text.isEmpty else {
            throw LanguageModelError(.upstreamMessage, "Ollama::getChatCompletion text response was empty.")
        }
        return ChatCompletion(text: text, usage: TokenUsage(ollama: answer))
    }

    func stream(_ request: ChatRequest) async throws(LanguageModelError) -> ChatStream {
        try await stream(form.body(request, isStreamed: true)).events
    }

    func stream(_ request: ToolRequest) async throws(LanguageModelError) -> ToolTurn {
        try await stream(form.body(request))
    }

    private func stream(_ body: JSONValue) async throws(LanguageModelError) -> ToolTurn {
        let turn: ToolTurn
        do throws(LanguageModelError) {
            turn = try await endpoint.stream(
                Self.path, body, framing: LineFraming(), reader: OllamaLineReader())
        } catch {
            throw Self.explained(error)
        }
        return ToolTurn(
            events: turn.events.mappingFailure { $0.prefixed(Self.streamFailure) }, calls: { turn.calls })
    }

    private static func explained(_ error: LanguageModelError) -> LanguageModelError {
        guard error.code == .connection else { return error }
        return LanguageModelError(.connection, unreachable, cause: error.cause)
    }
}
