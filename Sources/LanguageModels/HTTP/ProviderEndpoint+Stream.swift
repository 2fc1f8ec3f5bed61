import NIOHTTP1
import OrderedJSON

extension ProviderEndpoint {
    /// Posts JSON and gives the streamed answer as events.
    ///
    /// - Parameter whole: reads an answer that came as one JSON value although a stream was asked for; nil for forms
    ///   whose streams are JSON themselves.
    /// - Throws: `malformedAnswer` for a web page, beside what ``post(_:_:isStreamed:)`` throws.
    func stream<Framing: StreamFraming, Reader: ChatEventReader>(
        _ path: String, _ body: JSONValue, framing: Framing, reader: Reader,
        whole: ((JSONValue) throws(LanguageModelError) -> ToolTurn)? = nil
    ) async throws(LanguageModelError) -> ToolTurn where Framing.Frame == Reader.Frame {
        let (exchange, head) = try await post(path, body, isStreamed: true)
        switch Self.mediaType(head.headers) {
        case "text/html":
            exchange.cancel()
            throw LanguageModelError(.malformedAnswer, "The provider answered with a web page instead of a stream.")
        case "application/json":
            if let whole { return try whole(try await Self.json(exchange)) }
        default: break
        }
        return ChatEventSource(exchange: exchange, framing: framing, reader: reader).turn
    }

    /// For forms that never answer a stream with one JSON value.
    static func refuseWhole(_ answer: JSONValue) throws(LanguageModelError) -> ToolTurn {
        throw LanguageModelError(.malformedAnswer, "The provider answered a stream with a JSON document.")
    }

    static func mediaType(_ headers: HTTPHeaders) -> String {
        let value = headers.first(name: "Content-Type") ?? ""
        return value.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    }
}
