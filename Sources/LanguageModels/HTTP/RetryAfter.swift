/// The `Retry-After` header: a number of seconds or a date (RFC 9110, section 10.2.3).
enum RetryAfter {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The wait in seconds from now; nil for what is neither, including the obsolete forms of a date.
    ///
    /// - Parameter now: seconds since 1 January 1970.
    static func seconds(_ value: String, now: Double) -> Double? {
        if let seconds = number(value) { return Double(seconds) }
        guard let date = date(value) else { return nil }
        return max(0, Double(date.unixSeconds) - now)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ value: String) -> UTCTime? {
        let words = value.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = number(words[1]), let year = number(words[3]),
            let month = months.firstIndex(of: String(words[2])), (1...31).contains(day), year <= 9999
        else { return nil }
        let time = words[4].split(separator: ":", omittingEmptySubsequences: false).map { number($0) }
        guard time.count == 3, let hour = time[0], let minute = time[1], let second = time[2],
            hour < 24, minute < 60, second <= 60
        else { return nil }
        return UTCTime(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
    }

    private static func number(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
