/// A whole answer.
public struct ChatCompletion: Sendable, Equatable {
    /// The answer with its reasoning in front (`<think>…</think>`); nil or empty when the model gave none, which
    /// includes an answer without choices (contract/chat.md CQ-5).
    public var text: String?
    public var usage: TokenUsage?

    /// The same answer as the events of a stream.
    var events: [ChatStreamEvent] {
        var events: [ChatStreamEvent] = []
        if let text, !text.isEmpty { events.append(.text(text)) }
        events.append(.finished)
        if let usage { events.append(.usage(usage)) }
        return events
    }

    /// Reads a stream to its end.
    static func collected(_ stream: ChatStream) async throws(LanguageModelError) -> ChatCompletion {
        var text = ""
        var usage: TokenUsage?
        for try await event in stream {
            switch event {
            case .text(let piece), .reasoning(let piece): text += piece
            case .usage(let latest): usage = latest
            case .finished: break
            }
        }
        return ChatCompletion(text: text, usage: usage)
    }
}
