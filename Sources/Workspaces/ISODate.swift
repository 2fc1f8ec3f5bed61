/// UTC dates as clients read them: ISO 8601, exactly three fractional digits, `Z` (contract/workspaces.md 1.3).
public enum ISODate {
    /// Milliseconds on both sides of 1970 that a date of JavaScript can have (ECMA-262, `TimeClip`).
    private static let limit: Int64 = 8_640_000_000_000_000

    /// - Parameter milliseconds: since 1970, UTC; what is beyond all dates is the last one, or the first.
    public static func text(_ milliseconds: Int64) -> String {
        let milliseconds = min(max(milliseconds, -limit), limit)
        let days = floorDivide(milliseconds, 86_400_000)
        var rest = Int(milliseconds - days * 86_400_000)
        let (year, month, day) = civil(fromDays: Int(days))
        var digits: [UInt8] = []
        digits.reserveCapacity(24)
        if year < 0 || year > 9999 { digits.append(year < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")) }
        append(abs(year), (0...9999).contains(year) ? 4 : 6, to: &digits)
        digits.append(UInt8(ascii: "-"))
        append(month, 2, to: &digits)
        digits.append(UInt8(ascii: "-"))
        append(day, 2, to: &digits)
        for (separator, unit, width) in [("T", 3_600_000, 2), (":", 60_000, 2), (":", 1000, 2), (".", 1, 3)] {
            digits.append(contentsOf: separator.utf8)
            append(rest / unit, width, to: &digits)
            rest %= unit
        }
        digits.append(UInt8(ascii: "Z"))
        return String(decoding: digits, as: UTF8.self)
    }

    private static func append(_ number: Int, _ width: Int, to digits: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            digits.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    private static func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor)
    }

    /// The Gregorian date of a day counted from 1970-01-01, by eras of 400 years that begin on 1 March.
    static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
