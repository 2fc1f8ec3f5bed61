/// The date-time format of ECMA-262, a profile of ISO 8601: `YYYY[-MM[-DD]][THH:mm[:ss[.fff]]][Z|±HH:mm]`, years
/// beyond four digits as `±YYYYYY`.
enum ISODateParser {
    static func parse(_ text: String) -> DateFields? {
        var reader = Reader(bytes: Array(text.utf8))
        guard let year = reader.year() else { return nil }
        var fields = DateFields(year: year, zone: .offset(0))
        if reader.skip("-") {
            guard let month = reader.number(2), (1...12).contains(month) else { return nil }
            fields.month = month
            if reader.skip("-") {
                guard let day = reader.number(2), (1...31).contains(day) else { return nil }
                fields.day = day
            }
        }
        if reader.isAtEnd { return fields }
        guard reader.skip("T") || reader.skip("t"), time(&reader, &fields), reader.isAtEnd else { return nil }
        return fields
    }

    private static func time(_ reader: inout Reader, _ fields: inout DateFields) -> Bool {
        guard let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2) else { return false }
        (fields.hour, fields.minute) = (hour, minute)
        if reader.skip(":") {
            guard let second = reader.number(2) else { return false }
            fields.second = second
            if reader.skip(".") {
                guard let millisecond = reader.fraction() else { return false }
                fields.millisecond = millisecond
            }
        }
        let isMidnightAtTheEnd = hour == 24 && minute == 0 && fields.second == 0 && fields.millisecond == 0
        guard hour < 24 || isMidnightAtTheEnd, minute < 60, fields.second < 60 else { return false }
        fields.zone = .local
        return reader.isAtEnd || zone(&reader, &fields)
    }

    private static func zone(_ reader: inout Reader, _ fields: inout DateFields) -> Bool {
        if reader.skip("Z") || reader.skip("z") {
            fields.zone = .offset(0)
            return true
        }
        let isWest = reader.skip("-")
        guard isWest || reader.skip("+"), let hours = reader.number(2), hours < 24, reader.skip(":"),
            let minutes = reader.number(2), minutes < 60
        else { return false }
        fields.zone = .offset((isWest ? -1 : 1) * (hours * 3_600 + minutes * 60))
        return true
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == bytes.count }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
            position += 1
            return true
        }

        mutating func number(_ count: Int) -> Int? {
            guard position + count <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[position..<position + count] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            position += count
            return value
        }

        mutating func year() -> Int? {
            let isNegative = skip("-")
            guard isNegative || skip("+") else { return number(4) }
            guard let year = number(6), !(isNegative && year == 0) else { return nil }
            return isNegative ? -year : year
        }

        /// One or more digits after the point, of which the first three count.
        mutating func fraction() -> Int? {
            guard let first = number(1) else { return nil }
            var value = first * 100
            var unit = 10
            while let digit = number(1) {
                value += digit * unit
                unit /= 10
            }
            return value
        }
    }
}
