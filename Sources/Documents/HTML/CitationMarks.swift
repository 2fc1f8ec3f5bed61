/// Marks of citations and of editing, which are part of a page and not of its text: `[12]`, `[#cite…]`, `[edit]`
/// (`contract/documents.md` 8.3), and links that are such a mark.
enum CitationMarks {
    /// Stands for `[` in code, where a bracket is no mark. The last code point for private use; no page has it.
    static let codeBracket: Character = "\u{10FFFD}"

    /// Bytes that are looked at behind a bracket.
    private static let markLimit = 256
    private static let linkLimit = 2_048

    /// - Parameter text: Markdown of one paragraph, with ``codeBracket`` in its code, which becomes a bracket again.
    static func removed(from text: String) -> String {
        guard text.utf8.contains(open) || text.utf8.contains(0xF4) else { return text }
        let bytes = Array(text.utf8)
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == open, let end = end(ofMarkAt: index, in: bytes) {
                index = end
            } else {
                kept.append(bytes[index])
                index += 1
            }
        }
        let result = String(decoding: kept, as: UTF8.self)
        return kept.contains(0xF4) ? result.replacing(String(codeBracket), with: "[") : result
    }

    private static let open = UInt8(ascii: "[")
    private static let close = UInt8(ascii: "]")

    private static func end(ofMarkAt start: Int, in bytes: [UInt8]) -> Int? {
        if let end = plainMark(at: start, in: bytes) {
            // A link whose text is a number is a link.
            return byte(end, bytes) == UInt8(ascii: "(") ? nil : end
        }
        guard byte(start + 1, bytes) == open, let inner = plainMark(at: start + 1, in: bytes) else { return nil }
        if byte(inner, bytes) == close { return target(at: inner + 1, in: bytes) }  // [[12]](…)
        guard let end = target(at: inner, in: bytes), byte(end, bytes) == close else { return nil }
        return end + 1  // [[edit](…)]
    }

    /// `[12]`, `[edit]` or `[#cite…]`.
    private static func plainMark(at start: Int, in bytes: [UInt8]) -> Int? {
        let inside = bytes[(start + 1)..<min(bytes.count, start + 1 + markLimit)].prefix { $0 != close && $0 != open }
        guard byte(inside.endIndex, bytes) == close, !inside.isEmpty else { return nil }
        let isNumber = inside.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let isMark = isNumber || inside.elementsEqual("edit".utf8) || inside.starts(with: "#cite".utf8)
        return isMark ? inside.endIndex + 1 : nil
    }

    /// `(…)`
    private static func target(at start: Int, in bytes: [UInt8]) -> Int? {
        guard byte(start, bytes) == UInt8(ascii: "(") else { return nil }
        let end = min(bytes.count, start + linkLimit)
        return bytes[start..<end].firstIndex(of: UInt8(ascii: ")")).map { $0 + 1 }
    }

    private static func byte(_ index: Int, _ bytes: [UInt8]) -> UInt8? {
        bytes.indices.contains(index) ? bytes[index] : nil
    }
}
