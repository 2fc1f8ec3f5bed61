/// The classes of characters that the splitting of `cl100k_base` tells apart.
enum CharacterClass: UInt8 {
    /// `\p{L}`
    case letter
    /// `\p{N}`
    case number
    /// `\r` and `\n`
    case lineBreak
    /// `\s` but for line breaks, as JavaScript has it, where the reference counts: U+FEFF is one, U+0085 is none.
    case space
    case other

    /// From a table for the basic plane, because asking for the category of each character would take most of the
    /// time that splitting takes.
    static func of(_ scalar: Unicode.Scalar) -> CharacterClass {
        guard scalar.value < 0x1_0000 else { return compute(scalar) }
        return basicPlane[Int(scalar.value)]
    }

    private static let basicPlane: [CharacterClass] = (UInt32(0)..<0x1_0000).map {
        Unicode.Scalar($0).map(compute) ?? .other
    }

    private static func compute(_ scalar: Unicode.Scalar) -> CharacterClass {
        if scalar == "\r" || scalar == "\n" { return .lineBreak }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return .letter
        case .decimalNumber, .letterNumber, .otherNumber: return .number
        default:
            if scalar.value == 0xFEFF { return .space }
            return scalar.properties.isWhitespace && scalar.value != 0x85 ? .space : .other
        }
    }
}
