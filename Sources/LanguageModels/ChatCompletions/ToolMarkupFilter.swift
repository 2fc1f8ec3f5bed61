/// Leaves out tool calls that a model repeats as text between marks, although a stream may cut the marks apart
/// (contract/providers.md 3.2, `foundry`). A state machine: what may be the beginning of a mark, and what follows one,
/// is held back.
///
/// The marks are those of the chat templates of Qwen and Phi, Foundry Local's models that call tools.
struct ToolMarkupFilter: Sendable {
    private static let marks = [
        (open: "<tool_call>", close: "</tool_call>"), (open: "<|tool_call|>", close: "<|/tool_call|>"),
    ]
    /// A call has no more bytes; text behind a mark that is nobody's call is not kept from the client for ever.
    private static let maximumLength = 16 * 1024

    /// Begins with `<` or is empty.
    private var held = ""

    init() {}

    mutating func filter(_ piece: String) -> String {
        let text = held + piece
        var rest = text[...]
        var output = ""
        held = ""
        while let start = rest.firstIndex(of: "<") {
            output += rest[..<start]
            rest = rest[start...]
            if let mark = Self.marks.first(where: { rest.hasPrefix($0.open) }), rest.utf8.count < Self.maximumLength {
                guard let end = rest.dropFirst(mark.open.count).firstRange(of: mark.close) else {
                    held = String(rest)
                    return output
                }
                rest = rest[end.upperBound...]
            } else if Self.marks.contains(where: { $0.open.hasPrefix(rest) }) {
                held = String(rest)
                return output
            } else {
                output.append(rest.removeFirst())
            }
        }
        return output + rest
    }

    /// What is left when the text ends: of a call that was not closed, all of it.
    mutating func finish() -> String {
        defer { held = "" }
        return held
    }
}
