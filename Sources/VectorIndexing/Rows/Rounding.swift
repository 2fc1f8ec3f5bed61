/// Rounding of vectors to small integers times a scale.
enum Rounding {
    /// 1.5 × 2^23: adding it rounds a float below 2^22 to the nearest integer and leaves that in the lowest bits. This
    /// works on whole registers, while `rounded()` is a call per element on plain x86-64 and a conversion has a trap.
    private static let magic: Float = 12_582_912

    /// Rounds to -127...127.
    ///
    /// - Parameter result: shape (count).
    /// - Returns: the scale, and |values - scale × result| rounded up.
    static func toBytes(
        _ values: UnsafePointer<Float>, count: Int, result: UnsafeMutablePointer<Int8>
    ) -> (scale: Float, error: Float) {
        let scale = largest(values, count) / 127
        let inverse = scale > 0 ? 1 / scale : 0
        // Of a subnormal scale there is no inverse; such a vector, which no unit vector is, counts as zero.
        guard inverse.isFinite else { return toZeros(values, count, result) }
        var squares: Float = 0
        for i in 0..<count {
            let shifted = values[i] * inverse + magic
            result[i] = Int8(truncatingIfNeeded: Int32(bitPattern: shifted.bitPattern))
            let difference = values[i] - scale * (shifted - magic)
            squares += difference * difference
        }
        return (scale, squares.squareRoot() * 1.001)
    }

    /// Rounds to -limit...limit.
    ///
    /// - Parameters:
    ///   - limit: a whole number, at most 32,767.
    ///   - result: shape (count).
    /// - Returns: the scale.
    static func toWords(
        _ values: UnsafePointer<Float>, count: Int, limit: Float, result: UnsafeMutablePointer<Int16>
    ) -> Float {
        let scale = largest(values, count) / limit
        let inverse = scale > 0 && (1 / scale).isFinite ? 1 / scale : 0
        for i in 0..<count {
            let shifted = max(-limit, min(limit, values[i] * inverse)) + magic
            result[i] = Int16(truncatingIfNeeded: Int32(bitPattern: shifted.bitPattern))
        }
        return inverse > 0 ? scale : 0
    }

    private static func largest(_ values: UnsafePointer<Float>, _ count: Int) -> Float {
        var largest: Float = 0
        for i in 0..<count { largest = max(largest, abs(values[i])) }
        return largest
    }

    private static func toZeros(
        _ values: UnsafePointer<Float>, _ count: Int, _ result: UnsafeMutablePointer<Int8>
    ) -> (scale: Float, error: Float) {
        result.update(repeating: 0, count: count)
        var squares: Float = 0
        for i in 0..<count { squares += values[i] * values[i] }
        return (0, squares.squareRoot() * 1.001)
    }
}
