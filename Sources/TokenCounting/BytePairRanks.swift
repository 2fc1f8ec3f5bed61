/// The tokens of a byte-pair vocabulary, found by their bytes or by their rank.
///
/// One buffer holds the bytes of all tokens; an open-addressing table of ranks finds them. Loading a hundred
/// thousand tokens this way takes a few megabytes and no allocation per token.
struct BytePairRanks: Sendable {
    static let none = UInt32.max

    private var bytes: [UInt8] = []
    /// Start of each token in `bytes`; one more entry than tokens.
    private var starts: [UInt32] = [0]
    private var slots: [UInt32] = []
    /// Ranks of the tokens of two bytes, by these bytes.
    private var pairs = [UInt32](repeating: Self.none, count: 0x1_0000)
    private var longest = 0

    var count: Int { starts.count - 1 }

    /// - Parameter file: lines `base64 rank`, ranks ascending from 0.
    init(file: [UInt8]) throws(BytePairError) {
        var number = 0
        for line in file.split(separator: 0x0A) {
            number += 1
            let fields = line.split(separator: 0x20)
            guard fields.count == 2, let rank = Self.decimal(fields[1]), Base64.decode(fields[0], into: &bytes),
                bytes.count > Int(starts[count])
            else { throw .badLine(number) }
            guard rank == count else { throw .badRank(line: number) }
            starts.append(UInt32(bytes.count))
        }
        index()
        for byte in UInt8.min...UInt8.max {
            let rank = [byte].withUnsafeBufferPointer { self.rank(of: $0, 0..<1) }
            guard rank != Self.none else { throw .missingByte(byte) }
        }
    }

    /// The rank of the token that consists of these bytes, or ``none``.
    func rank(of text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt32 {
        if range.count == 2 {
            return pairs[Int(text[range.lowerBound]) << 8 | Int(text[range.lowerBound + 1])]
        }
        guard range.count <= longest else { return Self.none }
        var slot = Self.hash(text, range) & (slots.count - 1)
        while slots[slot] != Self.none {
            if isToken(slots[slot], equalTo: text, range) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return Self.none
    }

    private mutating func index() {
        var capacity = 1_024
        while capacity < count * 2 { capacity *= 2 }
        slots = [UInt32](repeating: Self.none, count: capacity)
        bytes.withUnsafeBufferPointer { bytes in
            for rank in 0..<count {
                let range = Int(starts[rank])..<Int(starts[rank + 1])
                longest = max(longest, range.count)
                if range.count == 2 {
                    pairs[Int(bytes[range.lowerBound]) << 8 | Int(bytes[range.lowerBound + 1])] = UInt32(rank)
                }
                var slot = Self.hash(bytes, range) & (capacity - 1)
                while slots[slot] != Self.none { slot = (slot + 1) & (capacity - 1) }
                slots[slot] = UInt32(rank)
            }
        }
    }

    private func isToken(_ rank: UInt32, equalTo text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        let start = Int(starts[Int(rank)])
        guard Int(starts[Int(rank) + 1]) - start == range.count else { return false }
        for offset in 0..<range.count where bytes[start + offset] != text[range.lowerBound + offset] { return false }
        return true
    }

    /// FNV-1a (Fowler, Noll, Vo) with a final mix, so that the low bits depend on all bytes.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in range { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ (hash >> 29))
    }

    private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit), value < 1 << 32 else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return digits.isEmpty ? nil : value
    }
}
