/// A strict JSON parser over UTF-8 (RFC 8259), with the tolerance of `JSON.parse` for what JSON leaves open:
/// the last of two equal keys wins, numbers beyond the range of a double are infinite.
///
/// Ill-formed UTF-8 and lone surrogates become U+FFFD. A byte order mark in front is skipped. Nesting is
/// limited, because the parser is recursive and its input comes from outside.
public struct JSONParser {
    /// Arrays and objects inside each other; a 512 KB thread stack holds several times as many.
    public static let maximumDepth = 256

    private let bytes: UnsafeBufferPointer<UInt8>
    private let unwanted: Set<String>
    /// Values that may still come.
    private var valuesLeft: Int
    private var position = 0
    private var depth = 0

    /// Parses a whole text that holds one value.
    ///
    /// - Parameters:
    ///   - unwanted: members of the outermost object that are checked and left out, which costs much less than
    ///     building them; what is written as `[]` or `{}` directly behind its colon stays.
    ///   - valueLimit: a value of two bytes, `0,`, takes twenty times as many when it is built.
    /// - Throws: ``JSONParseError`` with the byte offset of the first fault.
    public static func parse(
        _ text: some Sequence<UInt8>, without unwanted: Set<String> = [], valueLimit: Int = .max
    ) throws(JSONParseError) -> JSONValue {
        let result: Result<JSONValue, JSONParseError>? = text.withContiguousStorageIfAvailable { buffer in
            Self.result(of: buffer, unwanted, valueLimit)
        }
        if let result { return try result.get() }
        let copy = Array(text)
        return try copy.withUnsafeBufferPointer { buffer in Self.result(of: buffer, unwanted, valueLimit) }.get()
    }

    /// Parses a whole text that holds one value.
    public static func parse(
        _ text: String, without unwanted: Set<String> = []
    ) throws(JSONParseError) -> JSONValue { try parse(text.utf8, without: unwanted) }

    private static func result(
        of buffer: UnsafeBufferPointer<UInt8>, _ unwanted: Set<String>, _ valueLimit: Int
    ) -> Result<JSONValue, JSONParseError> {
        Result { () throws(JSONParseError) in
            var parser = JSONParser(bytes: buffer, unwanted: unwanted, valueLimit: valueLimit)
            return try parser.document()
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, unwanted: Set<String>, valueLimit: Int) {
        self.bytes = bytes
        self.unwanted = unwanted
        valuesLeft = valueLimit
    }

    private mutating func document() throws(JSONParseError) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let value = try value()
        skipWhitespace()
        if position != bytes.count { throw error(.trailingBytes) }
        return value
    }

    private mutating func value() throws(JSONParseError) -> JSONValue {
        skipWhitespace()
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        guard valuesLeft > 0 else { throw error(.tooManyValues) }
        valuesLeft -= 1
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object() throws(JSONParseError) -> JSONValue {
        try enter()
        var builder = JSONObjectBuilder()
        if !consume(UInt8(ascii: "}")) {
            repeat {
                skipWhitespace()
                guard position < bytes.count else { throw error(.unexpectedEnd) }
                guard bytes[position] == UInt8(ascii: "\"") else { throw error(.unexpectedByte(bytes[position])) }
                let key = try string()
                try expect(UInt8(ascii: ":"))
                if depth == 1, unwanted.contains(key), !isEmptyNext {
                    try skipValue()
                } else {
                    builder.add(key, try value())
                }
            } while consume(UInt8(ascii: ","))
            try expect(UInt8(ascii: "}"))
        }
        depth -= 1
        return .object(builder.object)
    }

    private mutating func array() throws(JSONParseError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        if !consume(UInt8(ascii: "]")) {
            repeat { elements.append(try value()) } while consume(UInt8(ascii: ","))
            try expect(UInt8(ascii: "]"))
        }
        depth -= 1
        return .array(elements)
    }

    /// Checks a value as strictly as ``value()`` does, without building it.
    private mutating func skipValue() throws(JSONParseError) {
        skipWhitespace()
        switch peek {
        case UInt8(ascii: "{"):
            try skipMembers(until: UInt8(ascii: "}")) { (parser: inout Self) throws(JSONParseError) in
                parser.skipWhitespace()
                guard let byte = parser.peek else { throw parser.error(.unexpectedEnd) }
                guard byte == UInt8(ascii: "\"") else { throw parser.error(.unexpectedByte(byte)) }
                try parser.skipString()
                try parser.expect(UInt8(ascii: ":"))
                try parser.skipValue()
            }
        case UInt8(ascii: "["):
            try skipMembers(until: UInt8(ascii: "]")) { (parser: inout Self) throws(JSONParseError) in
                try parser.skipValue()
            }
        case UInt8(ascii: "\""): try skipString()
        default: _ = try value()
        }
    }

    /// Whether `[]` or `{}` comes next.
    private var isEmptyNext: Bool {
        guard position + 1 < bytes.count else { return false }
        let next = (bytes[position], bytes[position + 1])
        return next == (UInt8(ascii: "["), UInt8(ascii: "]")) || next == (UInt8(ascii: "{"), UInt8(ascii: "}"))
    }

    private mutating func skipMembers(
        until end: UInt8, _ member: (inout Self) throws(JSONParseError) -> Void
    ) throws(JSONParseError) {
        try enter()
        if !consume(end) {
            repeat { try member(&self) } while consume(UInt8(ascii: ","))
            try expect(end)
        }
        depth -= 1
    }

    private mutating func enter() throws(JSONParseError) {
        position += 1
        depth += 1
        if depth > Self.maximumDepth { throw error(.tooDeep) }
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONParseError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard position < bytes.count else { throw error(.unexpectedEnd) }
            guard bytes[position] == word.utf8Start[index] else { throw error(.unexpectedByte(bytes[position])) }
            position += 1
        }
        return value
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// Skips white space, then takes `byte` when it is next.
    private mutating func consume(_ byte: UInt8) -> Bool {
        skipWhitespace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(JSONParseError) {
        if consume(byte) { return }
        throw position < bytes.count ? error(.unexpectedByte(bytes[position])) : error(.unexpectedEnd)
    }

    private func error(_ reason: JSONParseError.Reason) -> JSONParseError {
        JSONParseError(reason: reason, offset: position)
    }
}

extension JSONParser {
    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private mutating func number() throws(JSONParseError) -> Double {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        guard let first = peek else { throw error(.unexpectedEnd) }
        guard isDigit(first) else { throw error(.unexpectedByte(first)) }
        if first == UInt8(ascii: "0") { position += 1 } else { skipDigits() }
        if peek == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        if let integer = integer(from: start) { return integer }
        guard let number = Double(String(decoding: bytes[start..<position], as: UTF8.self)) else {
            throw error(.badNumber)
        }
        return number
    }

    /// The number from `start` when it is written as an integer that a double holds exactly.
    private func integer(from start: Int) -> Double? {
        let isNegative = bytes[start] == UInt8(ascii: "-")
        guard position - start <= 15 else { return nil }
        var magnitude = 0
        for byte in bytes[(isNegative ? start + 1 : start)..<position] {
            guard isDigit(byte) else { return nil }
            magnitude = magnitude * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return isNegative ? -Double(magnitude) : Double(magnitude)
    }

    private mutating func digits() throws(JSONParseError) {
        guard let byte = peek, isDigit(byte) else { throw error(.badNumber) }
        skipDigits()
    }

    private mutating func skipDigits() {
        while let byte = peek, isDigit(byte) { position += 1 }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// A string without escapes is decoded in one piece; escapes are decoded into a buffer of bytes.
    private mutating func string() throws(JSONParseError) -> String {
        position += 1
        let start = position
        while let byte = peek {
            if byte == UInt8(ascii: "\"") {
                let text = String(decoding: bytes[start..<position], as: UTF8.self)
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            if byte < 0x20 { throw error(.controlCharacterInString) }
            position += 1
        }
        throw error(.unexpectedEnd)
    }

    private mutating func skipString() throws(JSONParseError) {
        position += 1
        var discarded: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return
            case UInt8(ascii: "\\"):
                try appendEscape(to: &discarded)
                discarded.removeAll(keepingCapacity: true)
            case 0..<0x20:
                position -= 1
                throw error(.controlCharacterInString)
            default: break
            }
        }
        throw error(.unexpectedEnd)
    }

    private mutating func escapedString(from start: Int) throws(JSONParseError) -> String {
        var decoded = Array(bytes[start..<position])
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: decoded, as: UTF8.self)
            case UInt8(ascii: "\\"): try appendEscape(to: &decoded)
            case 0..<0x20:
                position -= 1
                throw error(.controlCharacterInString)
            default: decoded.append(byte)
            }
        }
        throw error(.unexpectedEnd)
    }

    private mutating func appendEscape(to decoded: inout [UInt8]) throws(JSONParseError) {
        guard let byte = peek else { throw error(.unexpectedEnd) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"): decoded.append(contentsOf: String(try unicodeEscape()).utf8)
        default: throw error(.badEscape)
        }
    }

    /// Reads the four digits after `\u`, and a second escape when the first is a leading surrogate.
    private mutating func unicodeEscape() throws(JSONParseError) -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
        let afterFirst = position
        guard first < 0xDC00, peek == UInt8(ascii: "\\"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        position += 2
        let second = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(second) else {
            position = afterFirst
            return "\u{FFFD}"
        }
        let code = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        return Unicode.Scalar(code) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(JSONParseError) -> UInt16 {
        guard position + 4 <= bytes.count else { throw error(.unexpectedEnd) }
        var value: UInt16 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw error(.badEscape) }
            value = value << 4 | UInt16(digit)
        }
        position += 4
        return value
    }
}
