import CKernels
import Testing
import TestSupport

struct DotKernelTests {
    @Test("dot products agree with f64 at every length and block size", arguments: KernelCases.lengths)
    func floats(length: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(length))
        for count in [0, 1, 3, 4, 5, 9] {
            let query = numbers.floats(length)
            let rows = numbers.floats(length * count)
            for set in [ck_scalar] + KernelCases.sets {
                let table = try #require(KernelCases.table(set))
                var result = [Float](repeating: .nan, count: count + 1)
                table.dot_rows(query, rows, count, length, &result)
                for row in 0..<count {
                    let products = (0..<length).map { Double(query[$0]) * Double(rows[row * length + $0]) }
                    let expected = products.reduce(0, +)
                    // Each of `length` roundings is at most half a unit in the last place of a sum below Σ|products|.
                    let bound = products.reduce(1e-30) { $0 + abs($1) } * Double(length + 1) * 0x1p-24
                    #expect(abs(Double(result[row]) - expected) <= bound, "set \(set.rawValue), row \(row) of \(count)")
                }
                #expect(result[count].isNaN, "set \(set.rawValue) wrote behind the result")
            }
        }
    }

    @Test("a row's product does not depend on its place in the block", arguments: KernelCases.sets.map(\.rawValue))
    func placeDoesNotMatter(set: UInt32) throws {
        let table = try #require(KernelCases.table(ck_instruction_set(rawValue: set)))
        var numbers = SeededNumbers(seed: 11)
        let query = numbers.floats(385)
        let row = numbers.floats(385)
        var results = [Float](repeating: 0, count: 7)
        table.dot_rows(query, Array(repeatElement(row, count: 7).joined()), 7, 385, &results)
        #expect(Set(results).count == 1)
    }

    @Test("integer dot products are exact, at the largest values too", arguments: KernelCases.lengths)
    func integers(length: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(1000 + length))
        let limit = Int16(min(32_767, Int(Int32.max) / (128 * max(length, 1))))
        for extreme in [false, true] {
            let query = (0..<length).map { _ in extreme ? limit : Int16.random(in: -limit...limit, using: &numbers) }
            let rows = (0..<length * 6).map { _ in extreme ? Int8(-128) : Int8.random(in: -128...127, using: &numbers) }
            for set in [ck_scalar] + KernelCases.sets {
                let table = try #require(KernelCases.table(set))
                for count in [0, 1, 4, 6] {
                    var result = [Int32](repeating: 77, count: count + 1)
                    table.dot_rows_i8(query, rows, count, length, &result)
                    for row in 0..<count {
                        let expected = (0..<length).reduce(0) { $0 + Int(query[$1]) * Int(rows[row * length + $1]) }
                        #expect(Int(result[row]) == expected, "set \(set.rawValue), row \(row) of \(count)")
                    }
                    #expect(result[count] == 77)
                }
            }
        }
    }

    @Test("the scalar table is always there, and the best table is one that this CPU can run")
    func dispatch() throws {
        #expect(ck_kernels_for(ck_scalar) != nil)
        let best = ck_best_kernels().pointee.instruction_set
        #expect(ck_kernels_for(best) != nil)
        #expect(best != ck_avx2_wide)
    }
}
