/// The bytes of a `String`, read character by character.
struct WellFormedText {
    let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var count: Int { bytes.count }

    /// Decodes one character; the bytes come from a `String`, so they are well-formed.
    func scalar(at index: Int) -> (scalar: Unicode.Scalar?, end: Int) {
        let lead = bytes[index]
        if lead < 0x80 { return (Unicode.Scalar(lead), index + 1) }
        let width = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = UInt32(lead & (0xFF >> (UInt8(width) + 1)))
        for byte in bytes[(index + 1)..<(index + width)] { value = value << 6 | UInt32(byte & 0x3F) }
        return (Unicode.Scalar(value), index + width)
    }

    /// The end of `'s 't 're 've 'm 'll 'd`, in any case, that begins there.
    func contraction(at start: Int) -> Int? {
        guard start < count, bytes[start] == UInt8(ascii: "'"), start + 1 < count else { return nil }
        switch lowercased(start + 1) {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
        case UInt8(ascii: "r"), UInt8(ascii: "v"): return lowercased(start + 2) == UInt8(ascii: "e") ? start + 3 : nil
        case UInt8(ascii: "l"): return lowercased(start + 2) == UInt8(ascii: "l") ? start + 3 : nil
        default: return nil
        }
    }

    private func lowercased(_ index: Int) -> UInt8 {
        guard index < count else { return 0 }
        return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[index]) ? bytes[index] | 0x20 : bytes[index]
    }
}
