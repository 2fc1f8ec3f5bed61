/// Puts a model's reasoning between `<think>` and `</think>`, as pieces of a stream (contract/chat.md 13.4).
///
/// Differences from the reference are those of contract/chat.md: content that comes together with reasoning is not
/// lost (CQ-8) and comes after `</think>` (CQ-23); reasoning that ends the answer is closed (CQ-7). Reasoning that
/// comes again after text opens another block.
struct ReasoningBlock: Sendable {
    private var isOpen = false
    /// The answer is complete.
    private(set) var isEnded = false

    init() {}

    mutating func reasoning(_ piece: String, into events: inout [ChatStreamEvent]) {
        if piece.isEmpty { return }
        events.append(.reasoning(isOpen ? piece : "<think>" + piece))
        isOpen = true
    }

    mutating func text(_ piece: String, into events: inout [ChatStreamEvent]) {
        if piece.isEmpty { return }
        close(into: &events)
        events.append(.text(piece))
    }

    mutating func close(into events: inout [ChatStreamEvent]) {
        if isOpen { events.append(.reasoning("</think>")) }
        isOpen = false
    }

    /// The last events of an answer; nothing the second time.
    mutating func end() -> [ChatStreamEvent] {
        if isEnded { return [] }
        isEnded = true
        var events: [ChatStreamEvent] = []
        close(into: &events)
        return events + [.finished]
    }

    /// Reasoning as it was streamed, without its marks.
    static func content(of streamed: String) -> String {
        streamed.replacing("<think>", with: "").replacing("</think>", with: "")
    }

    /// The text of a whole answer: blank reasoning is left out.
    static func joined(reasoning: String?, text: String?) -> String? {
        guard let reasoning, reasoning.contains(where: { !$0.isWhitespace }) else { return text }
        return "<think>" + reasoning + "</think>" + (text ?? "")
    }
}
