/// The nearest rows by computing every product: slow, and simple enough to be believed.
enum PlainScan {
    /// - Parameters:
    ///   - query: shape (dimensions).
    ///   - rows: shape (count, dimensions), row-major; dimensions a multiple of 8.
    /// - Returns: numbers of the `count` rows with the largest products.
    static func nearest(_ query: [Float], in rows: [Float], count: Int) -> Set<Int64> {
        let dimensions = query.count
        let products = rows.withUnsafeBufferPointer { rows in
            query.withUnsafeBufferPointer { query in
                (0..<rows.count / dimensions).map { row in
                    product(query, UnsafeBufferPointer(rebasing: rows[row * dimensions..<(row + 1) * dimensions]))
                }
            }
        }
        return Set(products.indices.sorted { products[$0] > products[$1] }.prefix(count).map { Int64($0) })
    }

    /// Eight sums at a time: a single one would have to keep the order of its additions.
    private static func product(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>) -> Float {
        var sums = SIMD8<Float>.zero
        for start in stride(from: 0, to: a.count, by: 8) {
            var (left, right) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
            for lane in 0..<8 {
                left[lane] = a[start + lane]
                right[lane] = b[start + lane]
            }
            sums += left * right
        }
        return sums.sum()
    }
}
