/// The classes of characters that the splitting of `o200k_base` tells apart.
enum CasedCharacterClass: UInt8 {
    /// `\p{Lu}` and `\p{Lt}`
    case upper
    /// `\p{Ll}`
    case lower
    /// `\p{Lm}` and `\p{Lo}`: letters that stand among capitals and among small letters.
    case uncased
    /// `\p{M}`: goes with letters as the uncased ones do, but is no letter.
    case mark
    /// `\p{N}`
    case number
    /// `\r` and `\n`
    case lineBreak
    /// `\s` but for line breaks.
    case space
    case other

    /// From a table for the basic plane, as ``CharacterClass`` does it.
    static func of(_ scalar: Unicode.Scalar) -> CasedCharacterClass {
        guard scalar.value < 0x1_0000 else { return compute(scalar) }
        return basicPlane[Int(scalar.value)]
    }

    private static let basicPlane: [CasedCharacterClass] = (UInt32(0)..<0x1_0000).map {
        Unicode.Scalar($0).map(compute) ?? .other
    }

    private static func compute(_ scalar: Unicode.Scalar) -> CasedCharacterClass {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter: return .upper
        case .lowercaseLetter: return .lower
        case .modifierLetter, .otherLetter: return .uncased
        case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
        default: break
        }
        switch CharacterClass.of(scalar) {
        case .number: return .number
        case .lineBreak: return .lineBreak
        case .space: return .space
        case .letter, .other: return .other
        }
    }
}
