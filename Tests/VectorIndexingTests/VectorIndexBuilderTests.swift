import Testing
import TestSupport

@testable import VectorIndexing

struct VectorIndexBuilderTests {
    @Test("bytes at any address become the vectors that inserting would have made")
    func anyAlignment() throws {
        var numbers = SeededNumbers(seed: 21)
        let entries = (0..<200).map { VectorEntry(id: $0, document: $0 / 3, vector: numbers.floats(37)) }
        let inserted = ExactVectorIndex()
        try inserted.insert(entries)
        for shift in 0..<4 {
            let builder = VectorIndexBuilder(expectedCount: shift * 100)
            for entry in entries {
                let bytes = [UInt8](repeating: 0, count: shift) + entry.vector.withUnsafeBytes(Array.init)
                try bytes.withUnsafeBytes { raw in
                    let vector = UnsafeRawBufferPointer(rebasing: raw[shift...])
                    try builder.append(id: entry.id, document: entry.document, bytes: vector)
                }
            }
            let built = builder.build()
            let query = numbers.floats(37)
            #expect(built.count == 200)
            #expect(try built.search(query, count: 20) == inserted.search(query, count: 20))
        }
    }

    @Test("a damaged row is refused and the others are kept, also when it is the first and of another width")
    func damagedRows() throws {
        let builder = VectorIndexBuilder()
        func append(_ id: Int64, _ bytes: [UInt8]) throws {
            try bytes.withUnsafeBytes { raw in
                try builder.append(id: id, document: id, bytes: raw)
            }
        }
        func bytes(_ vector: [Float]) -> [UInt8] { vector.withUnsafeBytes(Array.init) }
        #expect(throws: VectorIndexError.notFinite(id: 1)) { try append(1, bytes([.nan])) }
        try append(2, bytes([1, 0, 0]))
        try append(2, bytes([0, 1, 0]))
        #expect(throws: VectorIndexError.badLength(id: 3, bytes: 0)) { try append(3, []) }
        #expect(throws: VectorIndexError.badLength(id: 4, bytes: 11)) { try append(4, Array(bytes([1, 2, 3])[1...])) }
        #expect(throws: VectorIndexError.dimensionMismatch(expected: 3, found: 2)) { try append(5, bytes([1, 2])) }
        try append(6, bytes([0, 1, 0]))
        let index = builder.build()
        #expect(try index.search([1, 0, 0], count: 5).map(\.id) == [2, 6])
    }

    @Test("an index without rows can be built and grows")
    func empty() throws {
        let index = VectorIndexBuilder(expectedCount: 10).build()
        #expect(index.count == 0)
        try index.insert([VectorEntry(id: 1, document: 1, vector: [1, 1])])
        #expect(index.count == 1)
    }
}
