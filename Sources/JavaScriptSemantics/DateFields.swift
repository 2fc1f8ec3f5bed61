import Foundation

/// A date and time as read from a text, before its zone has been applied.
struct DateFields: Equatable {
    enum Zone: Equatable {
        case local
        /// Seconds east of Greenwich.
        case offset(Int)
    }

    var year: Int
    var month = 1
    /// May exceed the length of the month by a few days, which then run into the next one.
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0
    var millisecond = 0
    var zone: Zone

    /// - Returns: nil for dates that are too far from 1970 (``DateText/limit``).
    func milliseconds(in timeZone: TimeZone) -> Int64? {
        guard abs(year) <= 300_000 else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second
        let shifted =
            switch zone {
            case .offset(let offset): seconds - offset
            case .local: Self.instant(ofLocal: seconds, in: timeZone)
            }
        return DateText.clip(Double(shifted * 1_000 + millisecond))
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin with March so that
    /// the leap day comes last.
    static func days(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The instant of a local wall-clock time: the earlier one where clocks went back, and where they went
    /// forward the one that the offset before the change gives (ECMA-262, `UTC(t)`).
    private static func instant(ofLocal seconds: Int, in timeZone: TimeZone) -> Int {
        func offset(_ instant: Int) -> Int {
            timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
        }
        let before = offset(seconds - 86_400)
        let after = offset(seconds + 86_400)
        if offset(seconds - before) != before, offset(seconds - after) == after { return seconds - after }
        return seconds - before
    }
}
