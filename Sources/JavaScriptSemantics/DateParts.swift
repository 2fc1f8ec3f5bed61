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

/// The numbers of a time: hour, minute, second, millisecond.
struct TimeParts {
    private var numbers: [Int] = []
    /// 0 for AM, 12 for PM.
    var halfDay: Int?

    var isEmpty: Bool { numbers.isEmpty }

    /// Whether `value` can continue a time that has begun.
    func expects(_ value: Int) -> Bool {
        switch numbers.count {
        case 1, 2: value < 60
        case 3: value < 1_000
        default: false
        }
    }

    mutating func add(_ number: Int) -> Bool {
        guard numbers.count < 4 else { return false }
        numbers.append(number)
        return true
    }

    /// Adds the last number; what is missing after it is 0.
    mutating func finish(_ number: Int) -> Bool {
        guard add(number) else { return false }
        numbers += Array(repeating: 0, count: 4 - numbers.count)
        return true
    }

    func write(_ fields: inout DateFields) -> Bool {
        let parts = numbers + Array(repeating: 0, count: 4 - numbers.count)
        var hour = parts[0]
        if let halfDay {
            guard hour <= 12 else { return false }
            hour = hour % 12 + halfDay
        }
        let isMidnightAtTheEnd = hour == 24 && parts[1...].allSatisfy { $0 == 0 }
        guard hour < 24 || isMidnightAtTheEnd, parts[1] < 60, parts[2] < 60, parts[3] < 1_000 else { return false }
        (fields.hour, fields.minute, fields.second, fields.millisecond) = (hour, parts[1], parts[2], parts[3])
        return true
    }
}

/// An offset from Greenwich as far as it has been read.
struct ZoneParts {
    var sign = 1
    var hour: Int?
    var minute: Int?

    var isUTC: Bool { hour == 0 && minute == 0 }

    func expectsMinute(_ value: Int) -> Bool { hour != nil && minute == nil && value < 60 }

    var zone: DateFields.Zone {
        guard let hour else { return .local }
        return .offset(sign * (hour * 3_600 + (minute ?? 0) * 60))
    }
}
