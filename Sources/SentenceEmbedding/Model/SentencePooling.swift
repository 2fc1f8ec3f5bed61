import CKernels

/// From the encoder's rows to one vector a sentence: the mean over all tokens, then unit length
/// (Reimers and Gurevych 2019, arXiv:1908.10084, MEAN strategy).
enum SentencePooling {
    /// - Parameters:
    ///   - rows: shape (sum of lengths, width).
    ///   - lengths: tokens of each sequence.
    /// - Returns: one vector of `width` a sequence.
    static func meanUnitVectors(
        _ rows: UnsafePointer<Float>, lengths: [Int], width: Int, kernels: Kernels
    ) -> [[Float]] {
        var first = rows
        return lengths.map { length in
            let vector = [Float](unsafeUninitializedCapacity: width) { buffer, count in
                guard let start = buffer.baseAddress else { return }
                kernels.table.mean_rows(first, length, width, start)
                count = width
            }
            first += length * width
            return unit(vector)
        }
    }

    private static func unit(_ vector: [Float]) -> [Float] {
        let squares = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
        // The reference divides by at least 1e-12, so that a zero vector stays one.
        let factor = 1 / max(squares.squareRoot(), 1e-12)
        return vector.map { Float(Double($0) * factor) }
    }
}
