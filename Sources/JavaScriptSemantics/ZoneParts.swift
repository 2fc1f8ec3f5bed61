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
