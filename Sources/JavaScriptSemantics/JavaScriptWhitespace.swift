/// The characters that JavaScript's `trim`, `\s` and number conversion take for white space (ECMA-262,
/// `WhiteSpace` and `LineTerminator`): neither U+0085 nor U+200B is among them, U+FEFF is.
public enum JavaScriptWhitespace {
    public static func contains(_ scalar: Unicode.Scalar) -> Bool {
        guard let unit = UInt16(exactly: scalar.value) else { return false }
        return contains(unit)
    }

    /// The same for a UTF-16 code unit; every white space character is a single one.
    public static func contains(_ unit: UInt16) -> Bool {
        switch unit {
        case 0x09...0x0D, 0x20, 0xA0: true
        case 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
        default: false
        }
    }

    /// The text without white space at both ends, as `String.prototype.trim` answers it.
    public static func trim(_ text: some StringProtocol) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !contains($0) }),
            let last = scalars.lastIndex(where: { !contains($0) })
        else { return "" }
        return String(String.UnicodeScalarView(scalars[first...last]))
    }
}
