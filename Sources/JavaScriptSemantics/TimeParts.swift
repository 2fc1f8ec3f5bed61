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
