import CKernels
import Testing
import TestSupport

struct MatrixKernelTests {
    /// Rows, inputs, outputs: odd sizes, sizes around the tiles and blocks, and those of the default model.
    static let shapes: [(Int, Int, Int)] = [
        (0, 5, 7), (1, 0, 3), (1, 1, 1), (5, 3, 2), (6, 7, 15), (7, 8, 16), (11, 9, 17), (12, 33, 31), (13, 31, 33),
        (2, 383, 5), (3, 384, 384), (25, 385, 100), (193, 10, 40), (7, 800, 19), (4, 1536, 50),
    ]

    @Test("matrix products agree with f64, with and without bias and GELU", arguments: shapes)
    func matmul(rows: Int, inputs: Int, outputs: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(rows * 7 + inputs * 3 + outputs))
        let stride = inputs + 3
        let a = numbers.floats(rows * stride)
        let weights = numbers.floats(outputs * inputs)
        let bias = numbers.floats(outputs)
        for set in [ck_scalar] + KernelCases.sets {
            for (useBias, activation) in [(true, ck_identity), (false, ck_identity), (true, ck_gelu)] {
                let result = try product(
                    set, a, stride, weights, useBias ? bias : nil, activation, rows, inputs, outputs)
                for m in 0..<rows {
                    for n in 0..<outputs {
                        var sum = useBias ? Double(bias[n]) : 0
                        for k in 0..<inputs { sum += Double(a[m * stride + k]) * Double(weights[n * inputs + k]) }
                        let expected = activation == ck_gelu ? Reference.gelu(sum) : sum
                        // Values are below 1: at most inputs + 1 roundings of sums that grow like √inputs.
                        let bound = 4e-7 * Double(inputs + 1).squareRoot() * 4
                        let found = Double(result[m * outputs + n])
                        #expect(abs(found - expected) <= bound, "set \(set.rawValue) at \(m), \(n)")
                    }
                }
            }
        }
    }

    private func product(
        _ set: ck_instruction_set, _ a: [Float], _ stride: Int, _ weights: [Float], _ bias: [Float]?,
        _ activation: ck_activation, _ rows: Int, _ inputs: Int, _ outputs: Int
    ) throws -> [Float] {
        let pointer = try #require(ck_kernels_for(set))
        let count = ck_packed_count(pointer, outputs, inputs)
        var packed = [Float](repeating: .nan, count: count)
        var transposedPacked = packed
        pointer.pointee.pack(weights, inputs, outputs, inputs, &packed)
        var transposed = [Float](repeating: 0, count: weights.count)
        for n in 0..<outputs {
            for k in 0..<inputs { transposed[k * outputs + n] = weights[n * inputs + k] }
        }
        pointer.pointee.pack_transposed(transposed, outputs, outputs, inputs, &transposedPacked)
        #expect(packed == transposedPacked, "set \(set.rawValue): the two ways of packing differ")
        var result = [Float](repeating: -7, count: rows * outputs + 1)
        bias.withOptionalPointer { biasPointer in
            pointer.pointee.matmul(
                a, stride, packed, biasPointer, activation, &result, outputs, rows, inputs, outputs)
        }
        #expect(result[rows * outputs] == -7, "set \(set.rawValue) wrote behind the result")
        return result
    }

    @Test(
        "attention agrees with its definition in f64",
        arguments: [(1, 1, 1), (2, 3, 4), (9, 2, 8), (50, 1, 32), (97, 3, 17), (130, 2, 64)])
    func attention(tokens: Int, heads: Int, headSize: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(tokens * 100 + headSize))
        let width = heads * headSize
        let qkv = numbers.floats(tokens * 3 * width, in: -2...2)
        let expected = Reference.attention(qkv, tokens: tokens, heads: heads, headSize: headSize)
        for set in [ck_scalar] + KernelCases.sets {
            let pointer = try #require(ck_kernels_for(set))
            var result = [Float](repeating: 0, count: tokens * width)
            var scratch = [Float](
                repeating: .nan, count: ck_attention_scratch_count(pointer, tokens, headSize))
            pointer.pointee.attention(qkv, tokens, heads, headSize, &result, &scratch)
            for (found, wanted) in zip(result, expected) {
                // Weighted means of values up to 2; scores up to 4 × headSize lose some units in the last place.
                #expect(abs(Double(found) - wanted) < 2e-5, "set \(set.rawValue)")
            }
        }
    }
}

extension Optional where Wrapped == [Float] {
    /// A pointer for a C parameter that may be NULL.
    func withOptionalPointer(_ body: (UnsafePointer<Float>?) -> Void) {
        if let self { self.withUnsafeBufferPointer { body($0.baseAddress) } } else { body(nil) }
    }
}
