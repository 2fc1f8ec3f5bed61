/// Characters that XML cannot have, as Excel writes them in texts: `_x000D_` for a carriage return
/// (ECMA-376, part 1, 22.9.2.19).
enum EscapedCharacters {
    static func decode(_ text: String) -> String {
        guard text.contains("_x") else { return text }
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.first {
            if scalar == "_", let escaped = escaped(rest.prefix(length)) {
                result.append(escaped)
                rest = rest.dropFirst(length)
            } else {
                result.append(scalar)
                rest = rest.dropFirst()
            }
        }
        return String(result)
    }

    private static let length = "_x0000_".count

    /// - Returns: nil when it is no escape, or one of half a character.
    private static func escaped(_ text: Substring.UnicodeScalarView) -> Unicode.Scalar? {
        let text = String(text)
        let digits = text.dropFirst(2).dropLast()
        guard text.hasPrefix("_x"), text.hasSuffix("_"), digits.count == 4, digits.allSatisfy(\.isHexDigit) else {
            return nil
        }
        return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
    }
}
