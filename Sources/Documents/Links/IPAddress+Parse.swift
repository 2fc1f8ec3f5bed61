extension IPAddress {
    /// The address that a host of a URL is when it ends in a number: each part may be decimal, octal or hexadecimal, and
    /// the last one fills what the others leave (WHATWG URL, "IPv4 parser").
    ///
    /// - Returns: nil for what is no address, which makes the URL invalid.
    static func v4(parsing host: String) -> IPAddress? {
        var parts = host.split(separator: ".", omittingEmptySubsequences: false)
        if parts.last?.isEmpty == true, parts.count > 1 { parts.removeLast() }
        let numbers = parts.map { number($0) }
        guard (1...4).contains(numbers.count), let last = numbers.last ?? nil else { return nil }
        guard last < UInt64(1) << (8 * UInt64(5 - numbers.count)) else { return nil }
        var bits = last
        for (index, number) in numbers.dropLast().enumerated() {
            guard let number, number <= 255 else { return nil }
            bits |= number << (8 * UInt64(3 - index))
        }
        return .v4(UInt32(bits))
    }

    /// Whether a host has to be an address of version 4 because its last part is a number ("ends in a number checker").
    static func endsInNumber(_ host: String) -> Bool {
        var parts = host.split(separator: ".", omittingEmptySubsequences: false)
        if parts.last?.isEmpty == true {
            if parts.count == 1 { return false }
            parts.removeLast()
        }
        guard let last = parts.last, !last.isEmpty else { return false }
        return last.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } || number(last) != nil
    }

    /// `0x` with nothing behind it is 0; numbers beyond 64 bits count as the largest.
    private static func number(_ part: Substring) -> UInt64? {
        if part.isEmpty { return nil }
        let small = part.lowercased()
        let (digits, radix): (Substring, Int) =
            small.hasPrefix("0x")
            ? (small.dropFirst(2), 16)
            : small.count > 1 && small.hasPrefix("0") ? (small.dropFirst(), 8) : (small[...], 10)
        if digits.isEmpty { return 0 }
        guard digits.utf8.allSatisfy({ isDigit($0, radix) }) else { return nil }
        return UInt64(digits, radix: radix) ?? .max
    }

    private static func isDigit(_ byte: UInt8, _ radix: Int) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "7"): true
        case UInt8(ascii: "8"), UInt8(ascii: "9"): radix >= 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): radix == 16
        default: false
        }
    }

    /// What stands between the brackets of a URL's host (WHATWG URL, "IPv6 parser"): `::` once, the last 32 bits perhaps
    /// dotted, no zone.
    static func v6(parsing text: String) -> IPAddress? {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2, !text.isEmpty else { return nil }
        guard let head = pieces(halves[0], isLast: halves.count == 1) else { return nil }
        guard halves.count == 2 else { return head.count == 8 ? .v6(SIMD8(head)) : nil }
        guard let tail = pieces(halves[1], isLast: true), head.count + tail.count < 8 else { return nil }
        let zeros = Array(repeating: UInt16(0), count: 8 - head.count - tail.count)
        return .v6(SIMD8(head + zeros + tail))
    }

    /// - Parameter isLast: whether the end may be dotted.
    private static func pieces(_ text: Substring, isLast: Bool) -> [UInt16]? {
        if text.isEmpty { return [] }
        var pieces: [UInt16] = []
        let words = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, word) in words.enumerated() {
            if isLast, index == words.count - 1, word.utf8.contains(UInt8(ascii: ".")) {
                guard let bits = dotted(word) else { return nil }
                pieces += [UInt16(bits >> 16), UInt16(bits & 0xFFFF)]
            } else {
                let isPiece = (1...4).contains(word.utf8.count) && word.utf8.allSatisfy { isDigit($0 | 0x20, 16) }
                guard isPiece, let piece = UInt16(word, radix: 16) else { return nil }
                pieces.append(piece)
            }
        }
        return pieces.count <= 8 ? pieces : nil
    }

    /// Four decimal numbers without zeros in front.
    private static func dotted(_ word: Substring) -> UInt32? {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard let number = UInt8(part), String(number) == part else { return nil }
            bits = bits << 8 | UInt32(number)
        }
        return bits
    }
}
