/// Reads dates as people write them in English: `March 4, 2026 8:30 PM`, `4 Mar 2026 20:30 GMT+0100`,
/// `3/4/2026`, `Wed, 04 Mar 2026 20:30:00 +0100` (RFC 5322, RFC 2822).
///
/// The rules are those that web browsers agree on for texts outside ECMA-262's own format: words before the
/// first number are ignored, comments in parentheses too; numbers followed by a colon belong to the time, others
/// to the date; `1/2/3` is month, day, year; two-digit years are 1950-2049; no zone means local time.
struct EnglishDateParser {
    private var tokens: [DateToken]
    private var position = 0
    private var day = DayParts()
    private var time = TimeParts()
    private var zone = ZoneParts()
    private var hasReadNumber = false

    static func parse(_ text: String) -> DateFields? {
        var parser = EnglishDateParser(tokens: DateToken.tokens(of: text))
        return parser.run()
    }

    private init(tokens: [DateToken]) { self.tokens = tokens }

    private mutating func run() -> DateFields? {
        while let token = next() {
            let isFine =
                switch token {
                case .number(let value, _): number(value)
                case .word(let word): self.word(word)
                case .symbol(let symbol): self.symbol(symbol)
                case .space: true
                }
            if !isFine { return nil }
        }
        guard var fields = day.fields(), time.write(&fields) else { return nil }
        fields.zone = zone.zone
        return fields
    }

    private mutating func number(_ value: Int) -> Bool {
        hasReadNumber = true
        if skip(":") {
            if skip(":") {
                guard time.isEmpty else { return false }
                return time.add(value) && time.add(0)
            }
            return time.add(value)
        }
        if peek == .symbol("."), time.expects(value) {
            position += 1
            guard time.add(value), case .number(let fraction, let length)? = next() else { return false }
            return time.finish(Self.milliseconds(fraction, length))
        }
        if zone.expectsMinute(value) {
            zone.minute = value
            return true
        }
        if time.expects(value) {
            guard time.finish(value) else { return false }
            switch peek {
            case nil, .space, .symbol("+"), .symbol("-"), .word("z"): return true
            default: return false
            }
        }
        guard day.add(value) else { return false }
        _ = skip("-")
        return true
    }

    private mutating func word(_ word: String) -> Bool {
        if let offset = ["am": 0, "pm": 12][word], !time.isEmpty {
            time.halfDay = offset
        } else if word.utf8.count >= 3, let month = DateToken.months.firstIndex(of: String(word.prefix(3))) {
            day.month = month + 1
            _ = skip("-")
        } else if hasReadNumber, let hours = DateToken.zones[word] {
            zone = ZoneParts(sign: hours < 0 ? -1 : 1, hour: abs(hours), minute: 0)
        } else if hasReadNumber {
            return false
        } else if case .number? = peek {
            return false
        }
        return true
    }

    private mutating func symbol(_ symbol: Character) -> Bool {
        if symbol == "(" {
            skipParentheses()
            return true
        }
        let isSign = symbol == "+" || symbol == "-"
        if isSign, zone.isUTC || !time.isEmpty { return offset(sign: symbol == "-" ? -1 : 1) }
        return !(hasReadNumber && (isSign || symbol == ")"))
    }

    /// `+hh`, `+hhmm`, or `+hh:` whose minutes come with a later number.
    private mutating func offset(sign: Int) -> Bool {
        hasReadNumber = true
        guard case .number(let value, let digits)? = peek else { return false }
        position += 1
        if peek == .symbol(":") {
            zone = ZoneParts(sign: sign, hour: value, minute: nil)
        } else if digits <= 2 {
            zone = ZoneParts(sign: sign, hour: value, minute: 0)
        } else if digits <= 4 {
            zone = ZoneParts(sign: sign, hour: value / 100, minute: value % 100)
        } else {
            return false
        }
        return true
    }

    private mutating func skipParentheses() {
        var depth = 1
        while depth > 0, let token = next() {
            if token == .symbol("(") { depth += 1 }
            if token == .symbol(")") { depth -= 1 }
        }
    }

    private static func milliseconds(_ fraction: Int, _ digits: Int) -> Int {
        switch digits {
        case 1: return fraction * 100
        case 2: return fraction * 10
        default:
            var value = fraction
            for _ in 0..<max(0, min(digits, 9) - 3) { value /= 10 }
            return value
        }
    }

    private var peek: DateToken? { position < tokens.count ? tokens[position] : nil }

    private mutating func next() -> DateToken? {
        guard let token = peek else { return nil }
        position += 1
        return token
    }

    private mutating func skip(_ symbol: Character) -> Bool {
        guard peek == .symbol(symbol) else { return false }
        position += 1
        return true
    }
}
