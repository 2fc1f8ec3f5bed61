import CKernels
import Glibc
import Testing
import TestSupport

struct RowKernelTests {
    @Test("GELU stays within its bound over the whole range of f32 that matters")
    func gelu() throws {
        let inputs = (-60_000...60_000).map { Float($0) / 5000 } + [-1e30, -100, 100, 1e30, 0, -0.0]
        for set in [ck_scalar] + KernelCases.sets {
            var values = inputs
            try #require(KernelCases.table(set)).gelu(&values, values.count)
            for (x, y) in zip(inputs, values) {
                let bound = 4.5e-7 * max(1, Double(abs(x)))
                #expect(abs(Double(y) - Reference.gelu(Double(x))) <= bound, "set \(set.rawValue) at \(x)")
            }
        }
    }

    @Test("GELU touches exactly the given elements", arguments: KernelCases.lengths)
    func geluLength(length: Int) throws {
        for set in [ck_scalar] + KernelCases.sets {
            var values = [Float](repeating: 1, count: length + 1)
            try #require(KernelCases.table(set)).gelu(&values, length)
            #expect(values.prefix(length).allSatisfy { abs($0 - 0.8413447) < 1e-6 })
            #expect(values[length] == 1)
        }
    }

    @Test("softmax exponentials and their sum agree with f64", arguments: KernelCases.lengths)
    func exponentials(length: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(length))
        for range in [Float(-1)...1, -300...300] {
            let inputs = numbers.floats(length, in: range)
            for set in [ck_scalar] + KernelCases.sets {
                var values = inputs + [-5]
                let sum = try #require(KernelCases.table(set)).softmax_exponentials(&values, length, 0.5)
                let largest = inputs.max() ?? 0
                var expectedSum = 0.0
                for (x, y) in zip(inputs, values) {
                    let exponent = (x - largest) * 0.5
                    let expected = exponent < -87 ? 0 : exp(Double(exponent))
                    expectedSum += expected
                    #expect(abs(Double(y) - expected) <= 3e-7 * expected, "set \(set.rawValue) at \(x)")
                }
                #expect(abs(Double(sum) - expectedSum) <= 2e-6 * expectedSum)
                #expect(values[length] == -5)
            }
        }
    }

    @Test("layer norm agrees with f64, with and without a residual, in place too", arguments: KernelCases.lengths)
    func layerNorm(width: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(width + 50))
        let rows = 3
        let x = numbers.floats(rows * width)
        let residual = numbers.floats(rows * width)
        let gamma = numbers.floats(width)
        let beta = numbers.floats(width)
        for set in [ck_scalar] + KernelCases.sets {
            let table = try #require(KernelCases.table(set))
            for withResidual in [false, true] {
                var result = x
                result.withUnsafeMutableBufferPointer { buffer in
                    guard let start = buffer.baseAddress else { return }
                    (withResidual ? residual : nil).withOptionalPointer { other in
                        table.add_layer_norm(start, other, gamma, beta, 1e-12, start, rows, width)
                    }
                }
                for row in 0..<rows {
                    let sums = (0..<width).map { i in
                        Double(x[row * width + i]) + (withResidual ? Double(residual[row * width + i]) : 0)
                    }
                    let mean = sums.reduce(0, +) / Double(width)
                    let variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
                    for i in 0..<width where width > 1 {
                        let expected =
                            (sums[i] - mean) / (variance + 1e-12).squareRoot() * Double(gamma[i]) + Double(beta[i])
                        #expect(abs(Double(result[row * width + i]) - expected) < 1e-5, "set \(set.rawValue)")
                    }
                }
            }
        }
    }

    @Test("the mean of rows is the mean, and zero without rows", arguments: [0, 1, 3, 100])
    func meanRows(rows: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(rows))
        let x = numbers.floats(rows * 37)
        for set in [ck_scalar] + KernelCases.sets {
            var result = [Float](repeating: .nan, count: 37)
            try #require(KernelCases.table(set)).mean_rows(x, rows, 37, &result)
            for i in 0..<37 {
                let sum = (0..<rows).reduce(0.0) { $0 + Double(x[$1 * 37 + i]) }
                #expect(abs(Double(result[i]) - (rows == 0 ? 0 : sum / Double(rows))) < 1e-6)
            }
        }
    }
}
