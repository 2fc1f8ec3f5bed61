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
    private var isInsideCall = false
    /// What was left out while nothing else came.
    private var dropped = ""
    private var hasPassed = false

    init() {}

    mutating func filter(_ piece: String) -> String {
        // Only the last character of a mark can end what is held; a long call is not searched for each of its pieces.
        let length = held.utf8.count + piece.utf8.count
        if isInsideCall, length < Self.maximumLength, !piece.utf8.contains(UInt8(ascii: ">")) {
            held += piece
            return ""
        }
        let output = take(held + piece)
        hasPassed = hasPassed || output.contains { !$0.isWhitespace }
        if hasPassed { dropped = "" }
        return output
    }

    private mutating func take(_ text: String) -> String {
        var rest = text[...]
        var output = ""
        (held, isInsideCall) = ("", false)
        while let start = rest.firstIndex(of: "<") {
            output += rest[..<start]
            rest = rest[start...]
            if let mark = Self.marks.first(where: { rest.hasPrefix($0.open) }) {
                if let end = rest.dropFirst(mark.open.count).firstRange(of: mark.close) {
                    dropped += rest[..<end.upperBound]
                    rest = rest[end.upperBound...]
                } else if rest.utf8.count < Self.maximumLength {
                    (held, isInsideCall) = (String(rest), true)
                    return output
                } else {
                    output.append(rest.removeFirst())
                }
            } else if Self.marks.contains(where: { $0.open.hasPrefix(rest) }) {
                held = String(rest)
                return output
            } else {
                output.append(rest.removeFirst())
            }
        }
        return output + rest
    }

    /// What is left when the text ends. Beside a call that was made: nothing, because the rest is that call once more.
    /// Else a mark that was not closed is text, and so are calls that nobody made when there is nothing else.
    mutating func finish(hasCalls: Bool) -> String {
        defer { (held, isInsideCall, dropped) = ("", false, "") }
        if hasCalls { return "" }
        return (hasPassed ? "" : dropped) + held
    }
}
