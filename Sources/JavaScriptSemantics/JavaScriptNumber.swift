public import OrderedJSON

/// The three ways in which JavaScript makes a number of a value, as `contract/workspaces.md` 3.1 names them.
/// Each answers nil where JavaScript answers not-a-number; infinity is a number.
public enum JavaScriptNumber {
    /// Float parse: the longest decimal prefix of the value's text (ECMA-262, `parseFloat`).
    public static func parseFloat(_ value: JSONValue) -> Double? {
        if case .number(let number) = value { return number.isNaN ? nil : number }
        return parseFloat(JavaScriptText.string(value))
    }

    static func parseFloat(_ text: String) -> Double? {
        var scanner = DecimalScanner(text)
        scanner.skipWhitespace()
        return scanner.decimal()
    }

    /// Integer parse: the longest prefix of digits, or of hexadecimal digits after `0x` (ECMA-262, `parseInt`).
    public static func parseInt(_ value: JSONValue) -> Double? { parseInt(JavaScriptText.string(value)) }

    public static func parseInt(_ text: String) -> Double? {
        var scanner = DecimalScanner(text)
        scanner.skipWhitespace()
        let isNegative = scanner.sign()
        let radix = scanner.skipRadixPrefix("x") ? 16 : 10
        return scanner.digits(radix: radix).map { isNegative ? -$0 : $0 }
    }

    /// Strict number: the whole text has to be a number; nothing at all is 0 (ECMA-262, `Number(value)`).
    public static func number(_ value: JSONValue) -> Double? {
        switch value {
        case .null: 0
        case .bool(let flag): flag ? 1 : 0
        case .number(let number): number.isNaN ? nil : number
        case .string(let text): number(text)
        case .array: number(JavaScriptText.string(value))
        case .object: nil
        }
    }

    public static func number(_ text: String) -> Double? {
        var scanner = DecimalScanner(JavaScriptWhitespace.trim(text))
        if scanner.isAtEnd { return 0 }
        for (letter, radix) in [("x", 16), ("o", 8), ("b", 2)] as [(Unicode.Scalar, Int)]
        where scanner.skipRadixPrefix(letter) {
            let value = scanner.digits(radix: radix)
            return scanner.isAtEnd ? value : nil
        }
        let value = scanner.decimal()
        return scanner.isAtEnd ? value : nil
    }
}
