/// Splits a text into the pieces that `cl100k_base` encodes one by one.
///
/// A hand-written scanner for the published expression (OpenAI, tiktoken): contractions `'s 't 're 've 'm 'll 'd`
/// in any case; letters with at most one other character in front; one to three digits; a run of signs with an
/// optional space in front and line breaks behind; white space up to its last line break; other white space, which
/// leaves its last character to what follows.
struct PieceScanner: IteratorProtocol {
    private let text: WellFormedText
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { text = WellFormedText(bytes) }

    private var bytes: UnsafeBufferPointer<UInt8> { text.bytes }

    /// The next piece, or nil at the end. Pieces cover the text without gaps.
    mutating func next() -> Range<Int>? {
        guard position < bytes.count else { return nil }
        let start = position
        position = end(ofPieceAt: start)
        return start..<position
    }

    private func end(ofPieceAt start: Int) -> Int {
        let first = character(at: start)
        if let end = text.contraction(at: start) { return end }
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

    private func character(at index: Int) -> (kind: CharacterClass, end: Int) {
        let lead = bytes[index]
        if lead < 0x80 { return (Self.ascii[Int(lead)], index + 1) }
        let (scalar, end) = text.scalar(at: index)
        return (scalar.map(CharacterClass.of) ?? .other, end)
    }

    private static let ascii: [CharacterClass] = (UInt8(0)..<0x80).map { CharacterClass.of(Unicode.Scalar($0)) }
}
