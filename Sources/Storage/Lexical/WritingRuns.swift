/// Tells writing that has no spaces between words from all other: Chinese, Japanese, and Korean, whose endings stick to
/// its words.
enum WritingRuns {
    struct Run: Equatable {
        var text: Substring
        var isUnspaced: Bool
    }

    /// The text in runs of one kind, in order.
    static func split(_ text: String) -> [Run] {
        var runs: [Run] = []
        var start = text.startIndex
        let scalars = text.unicodeScalars
        while start < text.endIndex {
            let isUnspaced = isUnspaced(scalars[start])
            let end = scalars[start...].firstIndex { Self.isUnspaced($0) != isUnspaced } ?? text.endIndex
            runs.append(Run(text: text[start..<end], isUnspaced: isUnspaced))
            start = end
        }
        return runs
    }

    static func hasUnspaced(_ utf8: UnsafeRawBufferPointer) -> Bool {
        String(decoding: utf8, as: UTF8.self).unicodeScalars.contains(where: isUnspaced)
    }

    /// Letters of the blocks (Unicode 15, Blocks.txt): Hangul, kana, Bopomofo and the ideographs with their marks.
    static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x11FF, 0x3005...0x3007, 0x3031...0x3035, 0x3041...0x30FA, 0x30FC...0x318F, 0x31A0...0x31BF,
            0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF,
            0xFF66...0xFF9F, 0x20000...0x323AF:
            true
        default: false
        }
    }

    /// Hiragana writes the grammar of Japanese, and little else.
    static func isHiragana(_ scalar: Unicode.Scalar) -> Bool { (0x3041...0x309F).contains(scalar.value) }
}
