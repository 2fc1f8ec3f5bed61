/// Scaling to unit length.
enum UnitVector {
    /// Writes `source` scaled to length 1; a zero vector stays zero. Sums are taken in f64, where no square of a float
    /// overflows or vanishes.
    ///
    /// - Returns: false, with nothing of use written, when an element is infinite or not a number.
    static func write(_ source: UnsafeBufferPointer<Float>, to target: UnsafeMutablePointer<Float>) -> Bool {
        var squares = 0.0
        for value in source { squares += Double(value) * Double(value) }
        guard squares.isFinite else { return false }
        let factor = squares > 0 ? 1 / squares.squareRoot() : 0
        for (index, value) in source.enumerated() { target[index] = Float(Double(value) * factor) }
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
