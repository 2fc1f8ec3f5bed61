import NIOHTTP1
import OrderedJSON

/// A model behind an OpenAI-compatible server, over Chat Completions.
///
/// Nothing is tried twice. Source: OpenAI API reference, "Chat"; contract/chat.md 13 to 15.
struct ChatCompletionsModel: ChatModel {
    let name: String
    let providerName: String
    let contextWindow: Int
    let canStream: Bool
    let reportsDurationBeforeRate: Bool
    let endpoint: ProviderEndpoint
    let form: ChatCompletionsRequest

    func complete(_ request: ChatRequest) async throws(LanguageModelError) -> ChatCompletion {
        let answer = try await endpoint.json("/chat/completions", form.body(request, isStreamed: false))
        return try Self.completion(answer)
    }

    func stream(_ request: ChatRequest) async throws(LanguageModelError) -> ChatStream {
        guard canStream else { return ChatStream(events: Self.events(try await complete(request))) }
        let (exchange, head) = try await endpoint.post(
            "/chat/completions", form.body(request, isStreamed: true), isStreamed: true)
        switch Self.mediaType(head.headers) {
        case "application/json":
            // A server that cannot stream answers at once.
            let answer = try await ProviderEndpoint.json(exchange)
            return ChatStream(events: Self.events(try Self.completion(answer)))
        case "text/html":
            exchange.cancel()
            throw LanguageModelError(.malformedAnswer, "The provider answered with a web page instead of a stream.")
        default:
            return ServerSentEventSource(exchange: exchange, reader: ChatCompletionChunkReader()).stream
        }
    }

    static func mediaType(_ headers: HTTPHeaders) -> String {
        let value = headers.first(name: "Content-Type") ?? ""
        return value.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    }

    /// An answer without choices has no text (CQ-5); an error in place of choices is the provider's error.
    static func completion(_ answer: JSONValue) throws(LanguageModelError) -> ChatCompletion {
        var usage = TokenUsage()
        let isMeasured = usage.update(fromChatCompletion: answer)
        let message = answer["choices"]?[0]?["message"]
        if message == nil, let error = answer["error"], !error.isNull {
            throw LanguageModelError(.upstreamMessage, ProviderRefusal.message(of: error))
        }
        var text = message?["content"]?.contentText
        if let reasoning = message?.reasoningText, reasoning.contains(where: { !$0.isWhitespace }) {
            text = "<think>" + reasoning + "</think>" + (text ?? "")
        }
        return ChatCompletion(text: text, usage: isMeasured ? usage : nil)
    }

    static func events(_ completion: ChatCompletion) -> [ChatStreamEvent] {
        var events: [ChatStreamEvent] = []
        if let text = completion.text, !text.isEmpty { events.append(.text(text)) }
        events.append(.finished)
        if let usage = completion.usage { events.append(.usage(usage)) }
        return events
    }
}
