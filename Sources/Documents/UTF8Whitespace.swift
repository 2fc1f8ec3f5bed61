import JavaScriptSemantics

/// Trimming of white space in UTF-8 without making texts of it.
enum UTF8Whitespace {
    /// The part of `range` without JavaScript's white space at both ends. The bytes have to be well-formed UTF-8.
    static func trim(_ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end {
            let width = width(of: bytes[start])
            guard isSpace(bytes[start..<start + width]) else { break }
            start += width
        }
        while start < end {
            var last = end - 1
            while last > start, bytes[last] & 0xC0 == 0x80 { last -= 1 }
            guard isSpace(bytes[last..<end]) else { break }
            end = last
        }
        return start..<end
    }

    private static func width(of lead: UInt8) -> Int { lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }

    private static func isSpace(_ character: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let start = character.startIndex
        switch character.count {
        case 1: return JavaScriptWhitespace.contains(UInt16(character[start]))
        case 2: return JavaScriptWhitespace.contains(UInt16(character[start] & 0x1F) << 6 | tail(character[start + 1]))
        case 3:
            let high = UInt16(character[start] & 0x0F) << 12
            return JavaScriptWhitespace.contains(high | tail(character[start + 1]) << 6 | tail(character[start + 2]))
        default: return false
        }
    }

    private static func tail(_ byte: UInt8) -> UInt16 { UInt16(byte & 0x3F) }
}
