/// Splits a text into the pieces that `cl100k_base` encodes one by one.
///
/// A hand-written scanner for the published expression (OpenAI, tiktoken): contractions `'s 't 're 've 'm 'll 'd`
/// in any case; letters with at most one other character in front; one to three digits; a run of signs with an
/// optional space in front and line breaks behind; white space up to its last line break; other white space, which
/// leaves its last character to what follows.
struct PieceScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The next piece, or nil at the end. Pieces cover the text without gaps.
    mutating func next() -> Range<Int>? {
        guard position < bytes.count else { return nil }
        let start = position
        position = end(ofPieceAt: start)
        return start..<position
    }

    private func end(ofPieceAt start: Int) -> Int {
        let first = character(at: start)
        if bytes[start] == UInt8(ascii: "'"), let end = contraction(after: start + 1) { return end }
        switch first.kind {
        case .letter: return run(of: .letter, from: first.end)
        case .number: return digits(from: first.end)
        case .other, .space:
            if first.end < bytes.count {
                let second = character(at: first.end)
                if second.kind == .letter { return run(of: .letter, from: second.end) }
                if bytes[start] == UInt8(ascii: " "), second.kind == .other { return signs(from: second.end) }
            }
            return first.kind == .other ? signs(from: first.end) : whitespace(from: start)
        case .lineBreak: return whitespace(from: start)
        }
    }

    private func digits(from start: Int) -> Int {
        var end = start
        for _ in 0..<2 where end < bytes.count {
            let next = character(at: end)
            if next.kind != .number { break }
            end = next.end
        }
        return end
    }

    private func signs(from start: Int) -> Int { run(of: .lineBreak, from: run(of: .other, from: start)) }

    private func run(of kind: CharacterClass, from start: Int) -> Int {
        var end = start
        while end < bytes.count {
            let next = character(at: end)
            if next.kind != kind { break }
            end = next.end
        }
        return end
    }

    /// A run of white space: through its last line break if it has one; else whole at the end of the text; else all
    /// but its last character, or that one alone.
    private func whitespace(from start: Int) -> Int {
        var end = start
        var lastStart = start
        var afterLineBreak: Int?
        while end < bytes.count {
            let next = character(at: end)
            guard next.kind == .space || next.kind == .lineBreak else { break }
            lastStart = end
            end = next.end
            if next.kind == .lineBreak { afterLineBreak = end }
        }
        if let afterLineBreak { return afterLineBreak }
        return end == bytes.count || lastStart == start ? end : lastStart
    }

    private func contraction(after start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        switch lowercased(start) {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 1
        case UInt8(ascii: "r"), UInt8(ascii: "v"): return lowercased(start + 1) == UInt8(ascii: "e") ? start + 2 : nil
        case UInt8(ascii: "l"): return lowercased(start + 1) == UInt8(ascii: "l") ? start + 2 : nil
        default: return nil
        }
    }

    private func lowercased(_ index: Int) -> UInt8 {
        guard index < bytes.count else { return 0 }
        return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[index]) ? bytes[index] | 0x20 : bytes[index]
    }

    /// Decodes one character; the bytes come from a `String`, so they are well-formed.
    private func character(at index: Int) -> (kind: CharacterClass, end: Int) {
        let lead = bytes[index]
        if lead < 0x80 { return (Self.ascii[Int(lead)], index + 1) }
        let width = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = UInt32(lead & (0xFF >> (UInt8(width) + 1)))
        for byte in bytes[(index + 1)..<(index + width)] { value = value << 6 | UInt32(byte & 0x3F) }
        return (Unicode.Scalar(value).map(CharacterClass.of) ?? .other, index + width)
    }

    private static let ascii: [CharacterClass] = (UInt8(0)..<0x80).map { CharacterClass.of(Unicode.Scalar($0)) }
}
