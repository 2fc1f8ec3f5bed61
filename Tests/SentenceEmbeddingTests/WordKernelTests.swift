import CKernels
import Testing
import TestSupport

/// Kernels of 16-bit weights: exact sums, so every table must give what the reference gives, bit for bit.
struct WordKernelTests {
    @Test("layers with 16-bit weights are the same bits with every table", arguments: IntegerKernelTests.shapes)
    func layers(rows: Int, inputs: Int, outputs: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(rows * 37 + inputs * 5 + outputs))
        let layer = WordLayer(
            x: numbers.floats(rows * (inputs + 3), in: -4...9), weights: numbers.floats(outputs * inputs),
            bias: numbers.floats(outputs), rows: rows, inputs: inputs, outputs: outputs)
        try IntegerKernelTests.expectSameBits(layer.result)
    }

    @Test(
        "a layer with 16-bit weights is very close to the layer in f64", arguments: [1, 7, 8, 9, 383, 384, 385, 1536])
    func closeness(inputs: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(inputs))
        let layer = WordLayer(
            x: numbers.floats(4 * (inputs + 3)), weights: numbers.floats(24 * inputs), bias: numbers.floats(24),
            rows: 4, inputs: inputs, outputs: 24)
        for set in [ck_scalar] + KernelCases.sets {
            let result = try layer.result(set, ck_identity)
            for m in 0..<4 {
                for n in 0..<24 {
                    let (a, w) = (layer.row(m), layer.output(n))
                    let exact = Exact.product(a, w) + Double(layer.bias[n])
                    // Steps of 1/32,700 and 1/60,000 of the norms, rounded with 0.29 steps each: 1e-5 in all, of
                    // which six standard deviations are allowed; the scales and the end are rounded as floats.
                    let norms = (Exact.product(a, a) * Exact.product(w, w)).squareRoot()
                    let bound = 6e-5 * norms + 3e-7 * (norms + 1)
                    #expect(abs(Double(result[m * 24 + n]) - exact) <= bound, "set \(set.rawValue)")
                }
            }
        }
    }

    /// Rows that point the same way as the weights have the largest sums.
    static let directions: [@Sendable (Int) -> Float] = [
        { _ in 1 }, { _ in -0.3 }, { $0 == 3 ? 1 : 0 }, { $0 == 0 ? 5e3 : 1e-3 }, { $0 < 2 ? -1 : 0 },
        { $0 % 2 == 0 ? 0.7 : -0.7 }, { Float($0 % 17) - 8 }, { _ in 0 },
    ]

    @Test("no sum overflows, whatever is summed", arguments: [1, 2, 4, 8, 384, 1536, 264_208], directions.indices)
    func overflow(inputs: Int, direction: Int) throws {
        #expect(inputs <= ck_integer_inputs())
        let row = (0..<inputs).map(Self.directions[direction])
        for set in [ck_scalar] + KernelCases.sets {
            for sign in [Float(1), -1] {
                let layer = WordLayer(
                    x: row + [0, 0, 0], weights: row.map { $0 * sign }, bias: [0], rows: 1, inputs: inputs, outputs: 1)
                let (values, weights) = (try layer.activations(set), layer.integers())
                // Any part of the products, in any order, sums to no more than this.
                let largest = zip(values.values, weights.values).reduce(0) { $0 + abs(Int($1.0) * Int($1.1)) }
                #expect(largest < 1 << 31)
                let sum = zip(values.values, weights.values).reduce(0) { $0 + Int($1.0) * Int($1.1) }
                let expected = Float(sum) * (weights.scales[0] * values.scales[0])
                #expect(try layer.result(set, ck_identity) == [expected], "set \(set.rawValue)")
                // Here all errors may be of one sign: half a step of each number of both sides.
                let exact = Exact.product(row, row) * Double(sign)
                let steps = (0.5 / 32_700 + 0.5 / 60_000) * Double(inputs).squareRoot() * 1.01 + 1e-6
                #expect(abs(Double(expected) - exact) <= steps * abs(exact), "set \(set.rawValue)")
            }
        }
    }

    @Test("rows are rounded alike by every table, whatever their range", arguments: KernelCases.lengths)
    func rounding(width: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(width + 9))
        for range in [Float(-1)...1, -1e-35...1e-35, 0...0, -1e17...1e17, -7...0.5] {
            let layer = WordLayer(
                x: numbers.floats(3 * (width + 3), in: range), weights: [], bias: [], rows: 3, inputs: width,
                outputs: 0)
            let expected = try layer.activations(ck_scalar)
            let squares = expected.values.prefix((width + 7) / 8 * 8).reduce(0) { $0 + Int($1) * Int($1) }
            if width > 0 && range.upperBound > 1e-20 {
                #expect(abs(Double(squares).squareRoot() - 32_700) <= Double(width).squareRoot())
            } else {
                #expect(squares == 0)
            }
            for set in KernelCases.sets {
                let found = try layer.activations(set)
                #expect(found.values == expected.values, "set \(set.rawValue)")
                #expect(found.scales == expected.scales, "set \(set.rawValue)")
            }
        }
    }

    @Test(
        "numbers that are not finite end as NaN, never as a plain number",
        arguments: [Float.nan, .infinity, -.infinity, 1e30])
    func notFinite(number: Float) throws {
        for set in [ck_scalar] + KernelCases.sets {
            for (inputs, place) in [(1, 0), (8, 7), (131, 5), (131, 130)] {
                let ones = [Float](repeating: 1, count: 2 * (inputs + 3))
                var bad = ones
                bad[inputs + 3 + place] = number
                let rows = WordLayer(x: bad, weights: ones, bias: [0], rows: 2, inputs: inputs, outputs: 1)
                let result = try rows.result(set, ck_identity)
                // The row beside it is as it was.
                #expect(abs(result[0] - Float(inputs)) < 1e-3 * Float(inputs), "set \(set.rawValue)")
                #expect(result[1].isNaN, "set \(set.rawValue)")
                if number.isFinite { continue }
                bad = ones
                bad[place] = number
                let weights = WordLayer(x: ones, weights: bad, bias: [0], rows: 1, inputs: inputs, outputs: 1)
                #expect(try weights.result(set, ck_identity)[0].isNaN, "set \(set.rawValue)")
            }
        }
    }

    @Test("weights are rounded to their output's own scale, zeros to zeros")
    func weights() {
        let layer = WordLayer(
            x: [], weights: [1, -0.5, 0, 0, 0, 0, 8, 8, 8], bias: [0, 0, 0], rows: 0, inputs: 3, outputs: 3)
        let found = layer.integers()
        // One number alone is limited by 16 bits; together, their norm stops at 60,000, where 34,641 would be too large.
        #expect(found.values == [32_767, -16_384, 0, 0, 0, 0, 32_767, 32_767, 32_767])
        #expect(found.scales == [1 / 32_767, 0, 8 / 32_767])
        let many = WordLayer(
            x: [], weights: [Float](repeating: 2, count: 100), bias: [0], rows: 0, inputs: 100, outputs: 1
        ).integers()
        #expect(many.values == [Int16](repeating: 6_000, count: 100) && many.scales == [Float(2.0 / 6_000)])
    }
}

/// Sums in f64.
private enum Exact {
    static func product(_ a: [Float], _ b: [Float]) -> Double {
        zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
}

/// One layer's numbers, computed by any table; rows of activations are three numbers apart.
private struct WordLayer {
    var x: [Float]
    var weights: [Float]
    var bias: [Float]
    var rows: Int
    var inputs: Int
    var outputs: Int

    func row(_ m: Int) -> [Float] { Array(x[m * (inputs + 3)..<m * (inputs + 3) + inputs]) }

    func output(_ n: Int) -> [Float] { Array(weights[n * inputs..<(n + 1) * inputs]) }

    func integers() -> (values: [Int16], scales: [Float]) {
        var values = [Int16](repeating: 99, count: outputs * inputs)
        var scales = [Float](repeating: -1, count: outputs)
        ck_quantize_weights_i16(weights, outputs, inputs, &values, &scales)
        return (values, scales)
    }

    func activations(_ set: ck_instruction_set) throws -> (values: [Int16], scales: [Float]) {
        var values = [Int16](repeating: 99, count: rows * ((inputs + 7) / 8 * 8) + 1)
        var scales = [Float](repeating: -1, count: rows)
        try #require(KernelCases.table(set)).quantize_rows_i16(x, inputs + 3, rows, inputs, &values, &scales)
        #expect(values.last == 99, "set \(set.rawValue) wrote behind its room")
        return (Array(values.dropLast()), scales)
    }

    func result(_ set: ck_instruction_set, _ activation: ck_activation) throws -> [Float] {
        let pointer = try #require(ck_kernels_for(set))
        let (weights, a) = (integers(), try activations(set))
        var packed = [Int16](repeating: 99, count: ck_packed_integer_count(pointer, outputs, inputs))
        pointer.pointee.pack_i16(weights.values, outputs, inputs, &packed)
        var result = [Float](repeating: -7, count: rows * outputs + 1)
        pointer.pointee.matmul_i16(
            a.values, a.scales, packed, weights.scales, bias, activation, &result, outputs, rows, inputs, outputs)
        #expect(result.last == -7, "set \(set.rawValue) wrote behind the result")
        return Array(result.dropLast())
    }
}
