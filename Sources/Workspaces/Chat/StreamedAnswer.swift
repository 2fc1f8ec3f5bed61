import LanguageModels

/// What has been streamed of an answer so far: a state machine from the model's events to the client's.
struct StreamedAnswer: Sendable, Equatable {
    private(set) var usage: TokenUsage?
    /// Pieces of text without reasoning.
    private(set) var textPieces = 0
    private var streamed = ""
    private var hasText = false
    private var hasFinished = false

    /// What is stored: all that was streamed, reasoning included, unless there was reasoning only (CQ-7).
    var storableText: String? { hasText ? streamed : nil }

    mutating func take(_ event: ChatStreamEvent, uuid: String) -> [ChatEvent] {
        switch event {
        case .reasoning(let piece):
            streamed += piece
            return [.chunk(uuid: uuid, text: piece)]
        case .text(let piece):
            streamed += piece
            textPieces += 1
            hasText = hasText || !piece.isEmpty
            return [.chunk(uuid: uuid, text: piece)]
        case .finished:
            return end(uuid: uuid)
        case .usage(let usage):
            self.usage = usage
            return []
        }
    }

    /// LAST, once: at the finish marker, or at the end of a stream that had none (CQ-6).
    mutating func end(uuid: String) -> [ChatEvent] {
        if hasFinished { return [] }
        hasFinished = true
        return [.last(uuid: uuid)]
    }
}
