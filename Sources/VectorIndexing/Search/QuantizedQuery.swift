/// A query in the two forms of a search: unit-length f32, and 16-bit integers with a bound on what rounding did.
///
/// Rows are held as 8-bit integers times a scale (see ``RowSegment``). With q̂ and v̂ the rounded query and row, the
/// Cauchy-Schwarz inequality gives |q·v - q̂·v̂| ≤ |q| |v - v̂| + |q - q̂| |v̂|. So a scan of the small integers yields
/// for each row an interval that certainly holds the exact cosine, and only rows whose interval reaches the best k
/// need the exact product: the result is that of a scan in f32.
struct QuantizedQuery {
    let unit: [Float]
    /// Shape (stride), zeros behind the vector.
    let integers: [Int16]
    /// q̂ = scale × integers.
    let scale: Float
    /// |q - q̂|, rounded up.
    let error: Float

    init(_ unit: [Float]) {
        self.unit = unit
        // 128 × limit × dimensions stays below 2^31, the kernel's condition.
        let limit = Float(min(32_767, Int(Int32.max) / (128 * max(unit.count, 1))))
        var scale: Float = 0
        let integers = [Int16](unsafeUninitializedCapacity: SegmentLayout.stride(unit.count)) { buffer, count in
            buffer.initialize(repeating: 0)
            count = buffer.count
            guard let target = buffer.baseAddress else { return }
            scale = unit.withUnsafeBufferPointer { values in
                guard let source = values.baseAddress else { return 0 }
                return Rounding.toWords(source, count: values.count, limit: limit, result: target)
            }
        }
        let squares = zip(unit, integers).reduce(0.0) { sum, pair in
            let difference = Double(pair.0) - Double(scale) * Double(pair.1)
            return sum + difference * difference
        }
        self.scale = scale
        self.integers = integers
        error = Float(squares.squareRoot() * 1.001)
    }
}
