import CKernels
import Testing
import TestSupport

@testable import VectorIndexing

struct SearchKernelTests {
    @Test("gathered products are exact, in any order and across segments", arguments: [64, 128, 384, 448])
    func gather(stride: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(stride))
        let places = [0, 1, 5, 6, 7]
        let first = (0..<stride * 8).map { _ in Int8.random(in: -128...127, using: &numbers) }
        let second = (0..<stride * 8).map { _ in Int8.random(in: -128...127, using: &numbers) }
        let limit = Int16(min(32_767, Int(Int32.max) / (128 * stride)))
        let query = (0..<stride).map { _ in Int16.random(in: -limit...limit, using: &numbers) }
        let all = places.map { ($0, first) } + places.map { ($0 + 65_536, second) }
        let rows = all.shuffled(using: &numbers)
        for set in [ck_scalar] + KernelCases.sets {
            let gather = try #require(ck_gather_i8_for(set))
            for count in 0...rows.count {
                var result = [Int32](repeating: 77, count: count + 1)
                first.withUnsafeBufferPointer { first in
                    second.withUnsafeBufferPointer { second in
                        guard let low = first.baseAddress, let high = second.baseAddress else { return }
                        gather(query, [low, high], rows.map { UInt32($0.0) }, count, stride, &result)
                    }
                }
                for index in 0..<count {
                    let row = rows[index].1[(rows[index].0 % 65_536) * stride..<(rows[index].0 % 65_536 + 1) * stride]
                    let expected = zip(query, row).reduce(0) { $0 + Int($1.0) * Int($1.1) }
                    #expect(Int(result[index]) == expected, "set \(set.rawValue), row \(index) of \(count)")
                }
                #expect(result[count] == 77, "set \(set.rawValue) wrote behind the result")
            }
        }
        #expect(ck_gather_i8_for(ck_best_kernels().pointee.instruction_set) != nil)
    }

    @Test("a checksum changes with every byte, with the length and with the order")
    func checksum() {
        var numbers = SeededNumbers(seed: 5)
        for length in [0, 1, 7, 8, 9, 63, 64, 65, 127, 128, 200] {
            var bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &numbers) }
            let sum = ck_checksum(bytes, length)
            for index in 0..<length {
                for bit in 0..<8 {
                    bytes[index] ^= 1 << UInt8(bit)
                    #expect(ck_checksum(bytes, length) != sum, "bit \(bit) of byte \(index) of \(length)")
                    bytes[index] ^= 1 << UInt8(bit)
                }
            }
            #expect(ck_checksum(bytes + [0], length + 1) != sum)
            #expect(ck_checksum(bytes, length) == sum)
        }
        let words: [UInt64] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
        #expect(Checksum.of(words) != Checksum.of(words.reversed()))
        #expect(Checksum.of([1, 2]) != Checksum.of([2, 1]))
    }

    @Test("the checksum is the one that files of format version 1 have")
    func checksumIsFixed() {
        let bytes = (0..<100).map { UInt8($0) }
        #expect(ck_checksum(bytes, 100) == 0x44D4_867F_54E1_53E0)
    }
}
