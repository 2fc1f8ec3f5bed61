import GRDB

/// Dates of the foreign database, whose form is decided value by value (contract/storage.md 3).
enum ForeignDate {
    /// Milliseconds on both sides of 1970 that a date of the source can have (ECMA-262, `TimeClip`).
    private static let limit: Int64 = 8_640_000_000_000_000

    /// - Returns: milliseconds since 1970, UTC; nil for null and for what is no date.
    static func milliseconds(_ value: DatabaseValue) -> Int64? {
        switch value.storage {
        case .int64(let milliseconds): return (-limit...limit).contains(milliseconds) ? milliseconds : nil
        case .double(let milliseconds):
            // Finite and within what a client can show.
            return abs(milliseconds) < 1e15 ? Int64(milliseconds.rounded(.down)) : nil
        case .string(let text): return parse(text)
        case .blob, .null: return nil
        }
    }

    /// `YYYY-MM-DD`, then optionally `T` or a space and `HH:MM[:SS[.fraction]]`, then optionally `Z` or an offset;
    /// UTC when none is given.
    private static func parse(_ text: String) -> Int64? {
        let pattern =
            #/\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*(Z|z|[+-]\d\d:?\d\d)?)?\s*/#
        guard let match = text.wholeMatch(of: pattern)?.output,
            let year = Int64(match.1), let month = Int64(match.2), let day = Int64(match.3),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let (hour, minute, second) = (number(match.4), number(match.5), number(match.6))
        guard hour < 24, minute < 60, second < 61 else { return nil }
        let fraction = match.7.map { String($0.prefix(3)).padded(to: 3) }.flatMap { Int64($0) } ?? 0
        let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
        return (seconds - offset(match.8) * 60) * 1000 + fraction
    }

    private static func number(_ digits: Substring?) -> Int64 { digits.flatMap { Int64($0) } ?? 0 }

    /// Minutes east of UTC.
    private static func offset(_ zone: Substring?) -> Int64 {
        guard let zone, let sign = zone.first, sign == "+" || sign == "-" else { return 0 }
        let digits = zone.filter(\.isNumber)
        let minutes = number(digits.prefix(2)) * 60 + number(digits.suffix(2))
        return sign == "-" ? -minutes : minutes
    }

    /// Days of a Gregorian date since 1970-01-01, by eras of 400 years that begin on 1 March.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension String {
    fileprivate func padded(to length: Int) -> String { self + String(repeating: "0", count: max(0, length - count)) }
}
