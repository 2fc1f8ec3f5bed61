/// Reads numbers from the front of a text by the grammar of JavaScript (ECMA-262, `StrDecimalLiteral`).
struct DecimalScanner {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    var isAtEnd: Bool { position == scalars.count }

    mutating func skipWhitespace() {
        while let scalar = peek(), JavaScriptWhitespace.contains(scalar) { position += 1 }
    }

    /// Takes a sign and says whether it was a minus.
    mutating func sign() -> Bool {
        guard let scalar = peek(), scalar == "-" || scalar == "+" else { return false }
        position += 1
        return scalar == "-"
    }

    /// Takes `0x` or the like, in either letter case.
    mutating func skipRadixPrefix(_ letter: Unicode.Scalar) -> Bool {
        guard peek() == "0", let second = peek(1), second.value | 0x20 == letter.value else { return false }
        position += 2
        return true
    }

    /// A run of digits, or nil when there is none. Long runs lose precision as doubles do.
    mutating func digits(radix: Int) -> Double? {
        let start = position
        var value = 0.0
        while let digit = digit(radix: radix) {
            value = value * Double(radix) + Double(digit)
            position += 1
        }
        guard position > start else { return nil }
        if radix == 10, value >= 0x1p53 { return Double(text(from: start)) }
        return value
    }

    /// `[+-] (Infinity | digits [. digits] | . digits) [e [+-] digits]`, as far as it goes.
    mutating func decimal() -> Double? {
        let start = position
        let isNegative = sign()
        if skip("Infinity") { return isNegative ? -.infinity : .infinity }
        let whole = skipDigits()
        let beforePoint = position
        var fraction = 0
        if peek() == "." {
            position += 1
            fraction = skipDigits()
            if whole == 0 && fraction == 0 { position = beforePoint }
        }
        guard whole + fraction > 0 else {
            position = start
            return nil
        }
        skipExponent()
        // Swift wants a digit on both sides of a point, JavaScript only on one.
        let literal = text(from: start)
        let mantissaEnd = literal.firstIndex { $0 == "e" || $0 == "E" } ?? literal.endIndex
        let mantissa = literal[..<mantissaEnd].replacing(".", with: whole == 0 ? "0." : ".")
        let padded = mantissa.last == "." ? mantissa + "0" : mantissa[...] + ""
        return Double(padded + literal[mantissaEnd...])
    }

    private mutating func skipExponent() {
        guard let mark = peek(), mark == "e" || mark == "E" else { return }
        let start = position
        position += 1
        _ = sign()
        if skipDigits() == 0 { position = start }
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while digit(radix: 10) != nil { position += 1 }
        return position - start
    }

    private func digit(radix: Int) -> Int? {
        guard let scalar = peek(), scalar.isASCII, let digit = Character(scalar).hexDigitValue, digit < radix else {
            return nil
        }
        return digit
    }

    private mutating func skip(_ word: String) -> Bool {
        let wanted = Array(word.unicodeScalars)
        guard scalars[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        position + distance < scalars.count ? scalars[position + distance] : nil
    }

    private func text(from start: Int) -> String { String(String.UnicodeScalarView(scalars[start..<position])) }
}
