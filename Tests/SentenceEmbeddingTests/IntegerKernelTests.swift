import CKernels
import Testing
import TestSupport

/// Integer kernels are exact, so every table must give what the reference gives, bit for bit.
struct IntegerKernelTests {
    static let shapes: [(Int, Int, Int)] =
        KernelCases.lengths.map { (5, $0, 19) } + [
            (0, 8, 8), (1, 1, 1), (6, 384, 16), (7, 384, 15), (13, 33, 33), (200, 10, 40), (3, 1536, 17), (12, 9, 0),
        ]

    /// Every table gives a layer's result as the reference does, bit for bit, and GELU within its error.
    static func expectSameBits(
        _ result: (ck_instruction_set, ck_activation) throws -> [Float],
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let expected = try result(ck_scalar, ck_identity)
        for set in KernelCases.sets {
            let found = try result(set, ck_identity)
            #expect(found == expected, "set \(set.rawValue)", sourceLocation: location)
            for (found, wanted) in zip(try result(set, ck_gelu), expected) {
                let isNear = abs(Double(found) - Reference.gelu(Double(wanted))) <= 5e-7 * max(1, abs(Double(wanted)))
                #expect(isNear, "set \(set.rawValue)", sourceLocation: location)
            }
        }
    }

    @Test("layers with 8-bit weights are the same bits with every table", arguments: shapes)
    func layers(rows: Int, inputs: Int, outputs: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(rows * 31 + inputs * 5 + outputs))
        let layer = Layer(
            x: numbers.floats(rows * (inputs + 3), in: -4...9), weights: numbers.floats(outputs * inputs),
            bias: numbers.floats(outputs), rows: rows, inputs: inputs, outputs: outputs)
        try Self.expectSameBits(layer.result)
    }

    @Test("a layer with 8-bit weights is close to the layer in f64", arguments: [8, 383, 384, 385, 1536])
    func closeness(inputs: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(inputs))
        let layer = Layer(
            x: numbers.floats(4 * (inputs + 3)), weights: numbers.floats(24 * inputs), bias: numbers.floats(24),
            rows: 4, inputs: inputs, outputs: 24)
        for set in [ck_scalar] + KernelCases.sets {
            let result = try layer.result(set, ck_identity)
            for m in 0..<4 {
                for n in 0..<24 {
                    let exact = (0..<inputs).reduce(Double(layer.bias[n])) {
                        $0 + Double(layer.x[m * (inputs + 3) + $1]) * Double(layer.weights[n * inputs + $1])
                    }
                    // After the rotation both sides are bell-shaped: steps of 1/64 of about three standard deviations
                    // of the weights and of 1/127 of six of the activations (0.58 each). The errors are independent,
                    // so their sum grows like √inputs, and six standard deviations of it are allowed.
                    let bound = 6 * 0.58 * 0.58 * (0.047 + 0.047) * 0.29 * 1.5 * Double(inputs).squareRoot()
                    #expect(abs(Double(result[m * 24 + n]) - exact) <= bound, "set \(set.rawValue)")
                }
            }
        }
    }

    @Test("the largest sums that can come about are exact")
    func extremes() throws {
        let inputs = ck_integer_inputs()
        #expect(inputs >= 100_000)
        for set in [ck_scalar] + KernelCases.sets {
            let pointer = try #require(ck_kernels_for(set))
            for weight in [Int8(64), -64] {
                let weights = [Int8](repeating: weight, count: inputs)
                var packed = [Int8](repeating: 0, count: ck_packed_integer_count(pointer, 1, inputs))
                pointer.pointee.pack_i8(weights, 1, inputs, &packed)
                let a = [UInt8](repeating: 127, count: (inputs + 7) / 8 * 8)
                let row = ck_row_scale(scale: 1, offset: 0)
                var result: Float = 0
                pointer.pointee.matmul_i8(a, [row], packed, [1], [0], [0], ck_identity, &result, 1, 1, inputs, 1)
                #expect(result == Float(127 * Int(weight) * inputs), "set \(set.rawValue)")
            }
        }
    }

    @Test("the rotation leaves products as they are", arguments: [1, 2, 8, 24, 32, 128, 384, 1536])
    func rotation(inputs: Int) {
        var numbers = SeededNumbers(seed: UInt64(inputs))
        let weights = numbers.floats(inputs)
        let x = numbers.floats(inputs)
        var (rotated, rotatedX) = (weights, x)
        var values = [Int8](repeating: 0, count: inputs)
        var (scale, sum): (Float, Float) = (0, 0)
        ck_quantize_weights(&rotated, 1, inputs, &values, &scale, &sum)
        ck_quantize_weights(&rotatedX, 1, inputs, &values, &scale, &sum)
        func product(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        let block = Double(min(128, inputs & -inputs))
        #expect(abs(product(rotated, rotatedX) / block - product(weights, x)) < 1e-5 * Double(inputs))
        #expect(abs(product(rotated, rotated) / block - product(weights, weights)) < 1e-5 * Double(inputs))
        #expect(inputs == 1 || rotated != weights)
    }

    @Test("rows are rounded alike by every table, whatever their range", arguments: KernelCases.lengths)
    func rounding(width: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(width + 9))
        for range in [Float(-1)...1, -1e-35...1e-35, 0...0, -1e36...1e36, -7...0.5] {
            let x = numbers.floats(3 * width, in: range)
            let expected = try rounded(ck_scalar, x, width: width)
            let steps = expected.values.max() ?? 0
            #expect(steps == (width > 1 && range.upperBound > 1e-20 ? 127 : 0))
            for set in KernelCases.sets {
                let found = try rounded(set, x, width: width)
                #expect(found.values == expected.values, "set \(set.rawValue)")
                #expect(found.scales == expected.scales, "set \(set.rawValue)")
            }
        }
    }

    private func rounded(
        _ set: ck_instruction_set, _ x: [Float], width: Int
    ) throws -> (values: [UInt8], scales: [Float]) {
        var values = [UInt8](repeating: 255, count: 3 * ((width + 7) / 8 * 8) + 1)
        var scales = [ck_row_scale](repeating: ck_row_scale(scale: -1, offset: -1), count: 3)
        var scratch = [Float](repeating: .nan, count: width + 1)
        try #require(KernelCases.table(set)).quantize_rows(x, width, 3, width, &values, &scales, &scratch)
        #expect(values.last == 255 && scratch[width].isNaN, "set \(set.rawValue) wrote behind its room")
        return (Array(values.dropLast()), scales.flatMap { [$0.scale, $0.offset] })
    }

    @Test("numbers that are not finite end as NaN, never as a plain number", arguments: [Float.nan, .infinity])
    func notFinite(number: Float) throws {
        for set in [ck_scalar] + KernelCases.sets {
            let ones = [Float](repeating: 1, count: 2 * 131)
            var bad = ones
            bad[5] = number
            let weights = Layer(x: ones, weights: bad, bias: [0], rows: 1, inputs: 128, outputs: 1)
            #expect(try weights.result(set, ck_identity).first?.isNaN == true, "set \(set.rawValue)")
            let row = Layer(x: bad, weights: ones, bias: [0], rows: 1, inputs: 128, outputs: 1)
            #expect(try row.result(set, ck_identity).first?.isNaN == true, "set \(set.rawValue)")
        }
    }

    @Test("weights are rounded to their output's own scale, zeros to zeros")
    func weights() {
        // Three inputs are not rotated.
        var weights: [Float] = [1, -0.5, 0.2421875, 0, 0, 0, 128, -64, 2]
        var values = [Int8](repeating: -1, count: 9)
        var (scales, sums) = ([Float](repeating: -1, count: 3), [Float](repeating: -1, count: 3))
        ck_quantize_weights(&weights, 3, 3, &values, &scales, &sums)
        // 0.2421875 × 64 = 15.5 lies halfway and goes to the even neighbour.
        #expect(values == [64, -32, 16, 0, 0, 0, 64, -32, 1])
        #expect(scales == [1.0 / 64, 0, 2])
        #expect(sums == [0.75, 0, 66])
    }

    @Test("the best kernels are chosen once and are not the reference on a CPU with AVX2")
    func dispatch() {
        let best = ck_best_kernels()
        #expect(best == ck_best_kernels())
        #expect(best == ck_kernels_for(best.pointee.instruction_set))
        if ck_kernels_for(ck_avx2) != nil { #expect(best.pointee.instruction_set != ck_scalar) }
        #expect(best.pointee.instruction_set != ck_avx2_wide)
    }
}

/// One layer's numbers, computed by any table.
private struct Layer {
    var x: [Float]
    var weights: [Float]
    var bias: [Float]
    var rows: Int
    var inputs: Int
    var outputs: Int

    func result(_ set: ck_instruction_set, _ activation: ck_activation) throws -> [Float] {
        let pointer = try #require(ck_kernels_for(set))
        var values = [Int8](repeating: 0, count: outputs * inputs)
        var (scales, sums) = ([Float](repeating: 0, count: outputs), [Float](repeating: 0, count: outputs))
        var rotated = weights
        ck_quantize_weights(&rotated, outputs, inputs, &values, &scales, &sums)
        var packed = [Int8](repeating: 99, count: ck_packed_integer_count(pointer, outputs, inputs))
        pointer.pointee.pack_i8(values, outputs, inputs, &packed)
        var a = [UInt8](repeating: 99, count: rows * ((inputs + 7) / 8 * 8))
        var rowScales = [ck_row_scale](repeating: ck_row_scale(), count: rows)
        var scratch = [Float](repeating: 0, count: inputs)
        pointer.pointee.quantize_rows(x, inputs + 3, rows, inputs, &a, &rowScales, &scratch)
        var result = [Float](repeating: -7, count: rows * outputs + 1)
        pointer.pointee.matmul_i8(
            a, rowScales, packed, scales, sums, bias, activation, &result, outputs, rows, inputs, outputs)
        #expect(result.last == -7, "set \(set.rawValue) wrote behind the result")
        return Array(result.dropLast())
    }
}
