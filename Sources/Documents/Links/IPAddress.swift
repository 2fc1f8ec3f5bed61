/// An address of the internet protocol, version 4 or 6.
public enum IPAddress: Sendable, Hashable {
    /// In host order: 127.0.0.1 is 0x7F000001.
    case v4(UInt32)
    /// Eight pieces of 16 bits, the first one first.
    case v6(SIMD8<UInt16>)
}

extension IPAddress: CustomStringConvertible {
    /// Dotted decimal, or RFC 5952's form without brackets: small letters, the longest run of zeros as `::`.
    public var description: String {
        switch self {
        case .v4(let bits): Self.dotted(bits)
        case .v6(let pieces): Self.text(pieces)
        }
    }

    private static func dotted(_ bits: UInt32) -> String {
        stride(from: 24, through: 0, by: -8).map { String(bits >> UInt32($0) & 0xFF) }.joined(separator: ".")
    }

    private static func text(_ pieces: SIMD8<UInt16>) -> String {
        let gap = longestZeros(pieces)
        let words = (0..<8).map { String(pieces[$0], radix: 16) }
        guard gap.count > 1 else { return words.joined(separator: ":") }
        return words[..<gap.lowerBound].joined(separator: ":") + "::"
            + words[gap.upperBound...].joined(separator: ":")
    }

    /// The first of the longest runs of zeros.
    private static func longestZeros(_ pieces: SIMD8<UInt16>) -> Range<Int> {
        var longest = 0..<0
        var start = 0
        for index in 0...8 where index == 8 || pieces[index] != 0 {
            if index - start > longest.count { longest = start..<index }
            start = index + 1
        }
        return longest
    }
}
