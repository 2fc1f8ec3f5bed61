/// Version 4 UUIDs (RFC 9562, section 5.4) in lower case.
///
/// Foundation's opens, reads and closes `/dev/urandom` for each; every chat makes some.
enum RandomUUID {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text() -> String {
        var random = SystemRandomNumberGenerator()
        return text(random.next(), random.next())
    }

    /// - Parameters:
    ///   - high: the first eight bytes, of which version bits are overwritten.
    ///   - low: the last eight bytes, of which variant bits are overwritten.
    static func text(_ high: UInt64, _ low: UInt64) -> String {
        let high = high & ~0xF000 | 0x4000
        let low = low & ~(3 << 62) | 2 << 62
        return String(unsafeUninitializedCapacity: 36) { bytes in
            var position = 0
            for digit in 0..<32 {
                if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                    bytes[position] = UInt8(ascii: "-")
                    position += 1
                }
                let word = digit < 16 ? high : low
                bytes[position] = digits[Int(word >> UInt64(60 - digit % 16 * 4) & 15)]
                position += 1
            }
            return position
        }
    }
}
