/// A row with its similarity in one word, the greater the nearer: comparing two is one instruction.
///
/// The upper half is the similarity as an integer of the same order, the lower half the complement of the row number,
/// so that equal similarities prefer the lower row.
enum GraphKey {
    @inline(__always)
    static func make(_ similarity: Float, _ row: UInt32) -> UInt64 {
        let bits = similarity.bitPattern
        // Negative floats fall with their bits; flipping them makes the order that of unsigned integers.
        let flip = UInt32(bitPattern: Int32(bitPattern: bits) >> 31) | 0x8000_0000
        return UInt64(bits ^ flip) << 32 | UInt64(~row)
    }

    @inline(__always)
    static func row(_ key: UInt64) -> UInt32 { ~UInt32(truncatingIfNeeded: key) }

    @inline(__always)
    static func similarity(_ key: UInt64) -> Float {
        let ordered = UInt32(truncatingIfNeeded: key >> 32)
        let flip = ~UInt32(bitPattern: Int32(bitPattern: ordered) >> 31) | 0x8000_0000
        return Float(bitPattern: ordered ^ flip)
    }
}
