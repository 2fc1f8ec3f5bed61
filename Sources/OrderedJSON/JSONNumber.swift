/// The text of a number as JavaScript writes it, which is how every client has seen it so far.
///
/// Shortest digits that read back as the same double; plain notation from 1e-6 up to 1e21, exponents outside;
/// no fraction for whole numbers; `null` for what JSON cannot say. Source: ECMA-262, `Number::toString`.
public enum JSONNumber {
    public static func text(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        if value == 0 { return "0" }
        if abs(value) < 9_007_199_254_740_992, let integer = Int(exactly: value) { return String(integer) }
        let sign = value < 0 ? "-" : ""
        let (digits, exponent) = decompose(abs(value))
        return sign + layout(digits, exponent)
    }

    /// The shortest digits d1d2…dk and the exponent n with value = 0.d1d2…dk × 10^n.
    private static func decompose(_ value: Double) -> (digits: [Character], exponent: Int) {
        let description = value.description
        let parts = description.split(separator: "e", maxSplits: 1)
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = mantissa[0]
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        var digits = Array(whole + fraction)
        var exponent = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.first == "0" {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.last == "0" { digits.removeLast() }
        return (digits, exponent)
    }

    private static func layout(_ digits: [Character], _ exponent: Int) -> String {
        let count = digits.count
        switch exponent {
        case count...21:
            return String(digits) + String(repeating: "0", count: exponent - count)
        case 1...21:
            return String(digits[..<exponent]) + "." + String(digits[exponent...])
        case -5...0:
            return "0." + String(repeating: "0", count: -exponent) + String(digits)
        default:
            let power = exponent - 1
            let mantissa = count == 1 ? String(digits) : String(digits[0]) + "." + String(digits[1...])
            return mantissa + "e" + (power < 0 ? "-" : "+") + String(abs(power))
        }
    }
}
