/// A header value with parameters, `form-data; name="file"; filename="a.txt"`, as bytes (RFC 2045 section 5.1,
/// RFC 2183, RFC 8187 for `filename*`).
struct HeaderParameters {
    /// The part before the first semicolon, in lower case.
    let value: String
    private var parameters: [String: [UInt8]] = [:]

    init(_ header: ArraySlice<UInt8>) {
        var rest = header
        value = Self.text(Self.trim(Self.take(until: ";", from: &rest))).lowercased()
        while !rest.isEmpty {
            let name = Self.text(Self.trim(Self.take(until: "=", stoppingBefore: ";", from: &rest))).lowercased()
            rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
            let value = rest.first == UInt8(ascii: "\"") ? Self.quoted(&rest) : Self.token(&rest)
            if !name.isEmpty, parameters[name] == nil { parameters[name] = value }
        }
    }

    /// The parameter as UTF-8, ill-formed bytes as U+FFFD. The extended form `name*` wins over the plain one.
    subscript(name: String) -> String? {
        if let extended = parameters[name + "*"], let text = Self.decodeExtended(extended) { return text }
        return parameters[name].map { String(decoding: $0, as: UTF8.self) }
    }

    private static func take(
        until end: Unicode.Scalar, stoppingBefore stop: Unicode.Scalar? = nil, from rest: inout ArraySlice<UInt8>
    ) -> ArraySlice<UInt8> {
        let (end, stop) = (UInt8(ascii: end), stop.map { UInt8(ascii: $0) })
        let taken = rest.prefix { $0 != end && $0 != stop }
        rest = rest.dropFirst(taken.count)
        if rest.first == end { rest = rest.dropFirst() }
        return taken
    }

    private static func token(_ rest: inout ArraySlice<UInt8>) -> [UInt8] { Array(trim(take(until: ";", from: &rest))) }

    /// A backslash escapes a quote or a backslash and is an ordinary character before anything else, because
    /// browsers have sent Windows paths like that.
    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        rest = rest.dropFirst()
        while let byte = rest.first, byte != UInt8(ascii: "\"") {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: "\\"), let next = rest.first, next == byte || next == UInt8(ascii: "\"") {
                text.append(next)
                rest = rest.dropFirst()
            } else {
                text.append(byte)
            }
        }
        rest = rest.drop { $0 != UInt8(ascii: ";") }.dropFirst()
        return text
    }

    /// `charset'language'percent-encoded`; only UTF-8 and ISO-8859-1 exist in practice.
    private static func decodeExtended(_ value: [UInt8]) -> String? {
        let parts = value.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = percentDecoded(parts[2]) else { return nil }
        switch text(parts[0]).lowercased() {
        case "utf-8", "utf8": return String(decoding: bytes, as: UTF8.self)
        case "iso-8859-1": return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        default: return nil
        }
    }

    private static func percentDecoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        var rest = text
        while let byte = rest.first {
            rest = rest.dropFirst()
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
            guard digits.count == 2 else { return nil }
            decoded.append(UInt8(digits[0] * 16 + digits[1]))
            rest = rest.dropFirst(2)
        }
        return decoded
    }

    private static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var trimmed = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = trimmed.last, last == 0x20 || last == 0x09 { trimmed = trimmed.dropLast() }
        return trimmed
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
