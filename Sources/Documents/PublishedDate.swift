import Foundation
import JavaScriptSemantics

/// The `published` text of documents: `M/D/YYYY, h:mm:ss AM`, the short date and time of US English
/// (`contract/documents.md` 6.3).
enum PublishedDate {
    /// - Parameter milliseconds: since 1970.
    /// - Returns: `Invalid Date` for instants that a JavaScript date cannot hold.
    static func text(_ milliseconds: Double, timeZone: TimeZone) -> String {
        guard let instant = DateText.clip(milliseconds) else { return "Invalid Date" }
        return text(instant, timeZone: timeZone)
    }

    /// - Parameter milliseconds: since 1970, within ±8.64e15.
    static func text(_ milliseconds: Int64, timeZone: TimeZone) -> String {
        let seconds = Int(milliseconds.floored(by: 1_000))
        let offset = timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        let local = seconds + offset
        let days = local.floored(by: 86_400)
        let time = local - days * 86_400
        let (year, month, day) = civil(days)
        let hour = time / 3_600
        let clock = "\(hour % 12 == 0 ? 12 : hour % 12):\(padded(time / 60 % 60)):\(padded(time % 60))"
        // Years before 1 are counted backwards without a sign.
        return "\(month)/\(day)/\(year > 0 ? year : 1 - year), \(clock) \(hour < 12 ? "AM" : "PM")"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// The date of a day counted from 1970-01-01, in the proleptic Gregorian calendar; years begin with March
    /// inside, so that the leap day comes last.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted.floored(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

extension BinaryInteger {
    /// The quotient rounded towards minus infinity, for a positive divisor.
    fileprivate func floored(by divisor: Self) -> Self {
        self / divisor - (self % divisor < 0 ? 1 : 0)
    }
}
