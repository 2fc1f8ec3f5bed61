/// Scaling to unit length.
enum UnitVector {
    /// Writes `source` scaled to length 1; a zero vector stays zero. Sums are taken in f64, where no square of a float
    /// overflows or vanishes.
    ///
    /// - Returns: false, with nothing of use written, when an element is infinite or not a number.
    static func write(_ source: UnsafeBufferPointer<Float>, to target: UnsafeMutablePointer<Float>) -> Bool {
        // Four sums: a single one would wait for each addition to end before the next.
        var sums = SIMD4<Double>.zero
        let whole = source.count / 4 * 4
        for i in stride(from: 0, to: whole, by: 4) {
            let values = SIMD4(Double(source[i]), Double(source[i + 1]), Double(source[i + 2]), Double(source[i + 3]))
            sums += values * values
        }
        var squares = sums.sum()
        for i in whole..<source.count { squares += Double(source[i]) * Double(source[i]) }
        guard squares.isFinite else { return false }
        let factor = squares > 0 ? 1 / squares.squareRoot() : 0
        for index in 0..<source.count { target[index] = Float(Double(source[index]) * factor) }
        return true
    }

    static func of(_ vector: [Float]) -> [Float]? {
        var isFinite = true
        let unit = [Float](unsafeUninitializedCapacity: vector.count) { buffer, count in
            vector.withUnsafeBufferPointer { source in
                if let target = buffer.baseAddress { isFinite = write(source, to: target) }
            }
            count = isFinite ? vector.count : 0
        }
        return isFinite ? unit : nil
    }
}
