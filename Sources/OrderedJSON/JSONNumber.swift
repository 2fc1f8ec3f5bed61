/// The text of a number as JavaScript writes it, which is how every client has seen it so far.
///
/// Shortest digits that read back as the same double; plain notation from 1e-6 up to 1e21, exponents outside;
/// no fraction for whole numbers; `null` for what JSON cannot say. Source: ECMA-262, `Number::toString`.
public enum JSONNumber {
    public static func text(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        if value == 0 { return "0" }
        if abs(value) < 9_007_199_254_740_992, let integer = Int(exactly: value) { return String(integer) }
        let (digits, exponent) = decompose(abs(value))
        let sign = value < 0 ? [UInt8(ascii: "-")] : []
        return String(decoding: sign + layout(digits, exponent), as: UTF8.self)
    }

    /// The shortest digits d1d2…dk and the exponent n with value = 0.d1d2…dk × 10^n.
    private static func decompose(_ value: Double) -> (digits: [UInt8], exponent: Int) {
        let parts = Array(value.description.utf8).split(separator: UInt8(ascii: "e"), maxSplits: 1)
        var digits = Array(parts[0])
        let whole = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.count
        if whole < digits.count { digits.remove(at: whole) }
        let power = parts.count > 1 ? Int(String(decoding: parts[1], as: UTF8.self)) ?? 0 : 0
        let zeros = digits.prefix { $0 == zero }.count
        digits.removeFirst(zeros)
        while digits.last == zero { digits.removeLast() }
        return (digits, whole + power - zeros)
    }

    private static func layout(_ digits: [UInt8], _ exponent: Int) -> [UInt8] {
        let point = [UInt8(ascii: ".")]
        switch exponent {
        case digits.count...21: return digits + zeros(exponent - digits.count)
        case 1...21: return digits[..<exponent] + point + digits[exponent...]
        case -5...0: return [zero] + point + zeros(-exponent) + digits
        default:
            let power = exponent - 1
            let mantissa = digits.count == 1 ? digits : digits[..<1] + point + digits[1...]
            return mantissa + Array("e\(power < 0 ? "-" : "+")\(abs(power))".utf8)
        }
    }

    private static let zero = UInt8(ascii: "0")

    private static func zeros(_ count: Int) -> [UInt8] { Array(repeating: zero, count: count) }
}
