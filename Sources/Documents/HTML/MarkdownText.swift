/// Small rules of Markdown and of the contract's clean-up (`contract/documents.md` 8.3).
enum MarkdownText {
    /// What browsers collapse. No-break spaces have become spaces before (``HTMLTreeBuilder``).
    static func isSpace(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), 0x09, 0x0A, 0x0C, 0x0D: true
        default: false
        }
    }

    static func trimmed(_ text: String) -> String {
        let bytes = text.utf8
        guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(text[first...last])
    }

    /// On one line.
    static func collapsed(_ text: String) -> String {
        text.utf8.split { isSpace($0) }.map { String(Substring($0)) }.joined(separator: " ")
    }

    /// On one line, fit for a table.
    static func cell(_ text: String) -> String { collapsed(text).replacing("|", with: "\\|") }

    /// Every line with `prefix` in front; empty lines too, without spaces at their end.
    static func prefixed(_ text: String, with prefix: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? trimmedEnd(prefix) : prefix + $0 }.joined(separator: "\n")
    }

    /// Every line but the first moved to the right.
    static func indented(_ text: String, by width: Int) -> String {
        let space = String(repeating: " ", count: width)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { $0 == 0 || $1.isEmpty ? String($1) : space + $1 }.joined(separator: "\n")
    }

    private static func trimmedEnd(_ text: String) -> String { text.last == " " ? String(text.dropLast()) : text }

    /// Between backticks, one more than inside.
    static func code(_ text: String) -> String {
        let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
        let pad = text.first == "`" || text.last == "`" ? " " : ""
        return fence + pad + text + pad + fence
    }

    static func codeBlock(_ text: String, language: String) -> String {
        let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
        return "\(fence)\(language)\n\(text)\n\(fence)"
    }

    private static func longestRun(of sign: Character, in text: String) -> Int {
        var (longest, run) = (0, 0)
        for character in text {
            run = character == sign ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    /// At most three line feeds in a row, none at the ends.
    static func tidied(_ text: String) -> String {
        var kept: [UInt8] = []
        var feeds = 0
        for byte in text.utf8 {
            feeds = byte == UInt8(ascii: "\n") ? feeds + 1 : 0
            if feeds <= 3 { kept.append(byte) }
        }
        return trimmed(String(decoding: kept, as: UTF8.self))
    }
}
