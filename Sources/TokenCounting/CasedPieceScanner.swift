/// Splits a text into the pieces that `o200k_base` encodes one by one.
///
/// A hand-written scanner for the published expression (OpenAI, tiktoken): a word is capitals, then small letters, or
/// capitals alone, with at most one other character in front and a contraction behind; marks and letters without case
/// count as either. The rest is as in ``PieceScanner``, but a run of signs takes slashes behind it too.
struct CasedPieceScanner: IteratorProtocol {
    private let text: WellFormedText
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { text = WellFormedText(bytes) }

    /// The next piece, or nil at the end. Pieces cover the text without gaps.
    mutating func next() -> Range<Int>? {
        guard position < text.count else { return nil }
        let start = position
        position = end(ofPieceAt: start)
        return start..<position
    }

    private func end(ofPieceAt start: Int) -> Int {
        let first = character(at: start)
        if let end = word(at: start, first) { return text.contraction(at: end) ?? end }
        switch first.kind {
        case .number: return digits(from: first.end)
        case .space, .lineBreak:
            if text.bytes[start] == UInt8(ascii: " "), let second = next(first.end), Self.isSign(second.kind) {
                return signs(from: second.end)
            }
            return whitespace(from: start)
        case .upper, .lower, .uncased, .mark, .other: return signs(from: first.end)
        }
    }

    /// The end of a word, with or without another character in front of its letters.
    private func word(at start: Int, _ first: (kind: CasedCharacterClass, end: Int)) -> Int? {
        switch first.kind {
        case .upper, .lower, .uncased: return letters(from: start)
        case .number, .lineBreak: return nil
        case .space, .other: return letters(from: first.end)
        // In front of capitals alone a mark is a word of its own: small letters are looked for first.
        case .mark: return mixed(from: first.end) ?? mixed(from: start)
        }
    }

    private func letters(from start: Int) -> Int? { mixed(from: start) ?? capitals(from: start) }

    /// Capitals, as many as there are, then at least one small letter. Where no small letter follows, the last of the
    /// capitals that may be one serves, and ends the word.
    private func mixed(from start: Int) -> Int? {
        var end = start
        var afterLastUncased: Int?
        while let next = next(end) {
            switch next.kind {
            case .upper: end = next.end
            case .uncased, .mark:
                end = next.end
                afterLastUncased = end
            case .lower: return smallLetters(from: next.end)
            case .number, .lineBreak, .space, .other: return afterLastUncased
            }
        }
        return afterLastUncased
    }

    private func capitals(from start: Int) -> Int? {
        var end = start
        while let next = next(end), next.kind == .upper { end = next.end }
        return end > start ? end : nil
    }

    private func smallLetters(from start: Int) -> Int {
        var end = start
        while let next = next(end), [.lower, .uncased, .mark].contains(next.kind) { end = next.end }
        return end
    }

    private func digits(from start: Int) -> Int {
        var end = start
        for _ in 0..<2 {
            guard let next = next(end), next.kind == .number else { break }
            end = next.end
        }
        return end
    }

    private func signs(from start: Int) -> Int {
        var end = start
        while let next = next(end), Self.isSign(next.kind) { end = next.end }
        while end < text.count, [0x0A, 0x0D, UInt8(ascii: "/")].contains(text.bytes[end]) { end += 1 }
        return end
    }

    private static func isSign(_ kind: CasedCharacterClass) -> Bool { kind == .other || kind == .mark }

    private func whitespace(from start: Int) -> Int {
        var end = start
        var lastStart = start
        var afterLineBreak: Int?
        while let next = next(end), next.kind == .space || next.kind == .lineBreak {
            lastStart = end
            end = next.end
            if next.kind == .lineBreak { afterLineBreak = end }
        }
        if let afterLineBreak { return afterLineBreak }
        return end == text.count || lastStart == start ? end : lastStart
    }

    private func next(_ index: Int) -> (kind: CasedCharacterClass, end: Int)? {
        index < text.count ? character(at: index) : nil
    }

    private func character(at index: Int) -> (kind: CasedCharacterClass, end: Int) {
        let (scalar, end) = text.scalar(at: index)
        return (scalar.map(CasedCharacterClass.of) ?? .other, end)
    }
}
