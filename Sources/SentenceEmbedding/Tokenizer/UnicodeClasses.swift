/// The character classes of BERT's tokenizer (google-research/bert, `tokenization.py`), as the uncased models were
/// trained.
enum UnicodeClasses {
    enum ASCIIClass: UInt8 {
        /// Control characters; they vanish.
        case dropped
        case space
        /// A word of its own.
        case punctuation
        case letter
    }

    /// Punctuation is every printing character that is neither letter nor digit, symbols such as "$" and "~" included.
    static let ascii: [ASCIIClass] = (UInt8(0)..<128).map { byte in
        switch byte {
        case 0x09, 0x0A, 0x0D, 0x20: .space
        case 0..<0x20, 0x7F: .dropped
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            .letter
        default: .punctuation
        }
    }

    /// Control, format and private-use characters and U+FFFD; they vanish.
    static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value == 0xFFFD { return true }
        return switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate: !isASCIISpace(scalar)
        default: false
        }
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool { isASCIISpace(scalar) || scalar.properties.isWhitespace }

    private static func isASCIISpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 128 && ascii[Int(scalar.value)] == .space
    }

    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 128 { return ascii[Int(scalar.value)] == .punctuation }
        return switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }

    /// The blocks of CJK ideographs, each of which is a word of its own; kana and hangul are not among them.
    static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
            0x2B820...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}
