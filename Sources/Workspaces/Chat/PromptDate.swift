import Foundation

/// A moment in the words that prompts use, English and in the server's time zone (contract/system-prompt.md 3).
///
/// Written by hand because every prompt may hold one: a `DateFormatter` took a sixth of the work of a whole chat.
struct PromptDate {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    /// From the weekday of 1970-01-01 on.
    private static let weekdays = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]

    private let day: Int
    private let second: Int
    private let civil: (year: Int, month: Int, day: Int)

    /// - Parameter milliseconds: since 1970, UTC.
    init(_ milliseconds: Int64, in timeZone: TimeZone) {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        let seconds = Int((Double(milliseconds) / 1000).rounded(.down)) + timeZone.secondsFromGMT(for: date)
        day = Int((Double(seconds) / 86_400).rounded(.down))
        second = seconds - day * 86_400
        civil = ISODate.civil(fromDays: day)
    }

    /// `8:30:25 PM`
    var time: String { "\(hour12):\(Self.two(minute)):\(Self.two(second % 60)) \(half)" }

    /// `20:30:25`
    var time24: String { "\(Self.two(hour)):\(Self.two(minute)):\(Self.two(second % 60))" }

    /// `March 4, 2026`
    var date: String { "\(Self.months[civil.month - 1]) \(civil.day), \(civil.year)" }

    /// `Wednesday, March 4, 2026 8:30 PM`
    var dateTime: String { "\(weekday), \(date) \(hour12):\(Self.two(minute)) \(half)" }

    /// `2026-03-04 20:30:25`
    var dateTime24: String { "\(civil.year)-\(Self.two(civil.month))-\(Self.two(civil.day)) \(time24)" }

    private var hour: Int { second / 3600 }
    private var minute: Int { second / 60 % 60 }
    private var hour12: Int { hour % 12 == 0 ? 12 : hour % 12 }
    private var half: String { hour < 12 ? "AM" : "PM" }
    private var weekday: String { Self.weekdays[((day % 7) + 7) % 7] }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
