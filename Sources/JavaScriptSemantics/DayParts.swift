/// The numbers of a date in the order in which they were written, and the month if it was named.
struct DayParts {
    private var numbers: [Int] = []
    var month: Int?

    mutating func add(_ number: Int) -> Bool {
        guard numbers.count < 3 else { return false }
        numbers.append(number)
        return true
    }

    /// Month first, unless the first number cannot be a day; a missing year is 2001, a missing day 1.
    func fields() -> DateFields? {
        guard !numbers.isEmpty else { return nil }
        let parts = numbers + Array(repeating: 1, count: 3 - numbers.count)
        let isYearFirst = !(1...31).contains(parts[0])
        var (year, month, day): (Int, Int, Int)
        if let named = self.month {
            (year, month, day) = isYearFirst ? (parts[0], named, parts[1]) : (parts[1], named, parts[0])
        } else if isYearFirst {
            (year, month, day) = (parts[0], parts[1], parts[2])
        } else {
            (year, month, day) = (parts[2], parts[0], parts[1])
        }
        switch year {
        case 0...49: year += 2_000
        case 50...99: year += 1_900
        default: break
        }
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        return DateFields(year: year, month: month, day: day, zone: .local)
    }
}
