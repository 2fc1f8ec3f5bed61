import CKernels
import Testing
import TestSupport

@testable import VectorIndexing

struct ExactVectorIndexTests {
    @Test("random inserts and removals answer as the definition does", arguments: [1, 7, 8, 33, 384])
    func matchesBruteForce(dimensions: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(dimensions))
        let index = ExactVectorIndex()
        var model = BruteForceIndex()
        var nextID: Int64 = 1
        for step in 0..<40 {
            if numbers.next() % 3 < 2 {
                let entries = (0..<Int(numbers.next() % 40)).map { _ in
                    nextID += 1
                    return VectorEntry(
                        id: nextID, document: nextID / 7, vector: numbers.floats(dimensions, in: -3...3))
                }
                try index.insert(entries)
                model.insert(entries)
            } else {
                let document = Int64.random(in: 0...(nextID / 7), using: &numbers)
                index.remove(document: document)
                model.remove(document: document)
            }
            #expect(index.count == model.entries.count)
            let excluding = Set((0..<3).map { _ in Int64.random(in: 0...(nextID / 7 + 1), using: &numbers) })
            let query = numbers.floats(dimensions)
            let hits = try index.search(query, count: 10, excluding: excluding)
            try expectSame(hits, model.ranked(query, excluding: excluding), "step \(step)")
        }
    }

    /// Where f64 sees two cosines closer than f32 can tell apart, either order is right.
    private func expectSame(
        _ hits: [VectorHit], _ ranked: [(id: Int64, similarity: Double)], _ comment: Comment
    ) throws {
        #expect(hits.count == min(10, ranked.count), comment)
        let similarities = Dictionary(uniqueKeysWithValues: ranked.map { ($0.id, $0.similarity) })
        for (hit, expected) in zip(hits, ranked) {
            #expect(abs(Double(hit.similarity) - expected.similarity) < 1e-5, comment)
            #expect(abs(try #require(similarities[hit.id]) - Double(hit.similarity)) < 1e-5, comment)
        }
        #expect(Set(hits.map(\.id)).count == hits.count, comment)
    }

    @Test("every kernel table gives the same hits", arguments: KernelCases.sets.map(\.rawValue))
    func kernelsAgree(set: UInt32) throws {
        var numbers = SeededNumbers(seed: 5)
        var store = RowStore()
        for id in 0..<3000 {
            try numbers.floats(100).withUnsafeBufferPointer { vector throws(VectorIndexError) in
                try store.append(id: Int64(id), document: 1, vector: vector)
            }
        }
        let scalar = try ExactVectorIndex(store, kernels: #require(ck_kernels_for(ck_scalar)))
        let fast = try ExactVectorIndex(store, kernels: #require(ck_kernels_for(ck_instruction_set(rawValue: set))))
        for _ in 0..<10 {
            let query = numbers.floats(100)
            #expect(try scalar.search(query, count: 20).map(\.id) == fast.search(query, count: 20).map(\.id))
        }
    }

    @Test("equal similarities come in order of id, whatever the order of insertion")
    func ties() throws {
        let index = ExactVectorIndex()
        try index.insert([9, 3, 7, 1, 5].map { VectorEntry(id: $0, document: $0, vector: [1, 2, 3]) })
        #expect(try index.search([1, 2, 3], count: 3).map(\.id) == [1, 3, 5])
        #expect(try index.search([-1, -2, -3], count: 3).map(\.id) == [1, 3, 5])
    }

    @Test("excluded documents do not count against the number of hits")
    func excluding() throws {
        let index = ExactVectorIndex()
        try index.insert((0..<100).map { VectorEntry(id: $0, document: $0, vector: [1, Float($0) / 100]) })
        let hits = try index.search([1, 0], count: 5, excluding: Set(0..<90))
        #expect(hits.map(\.document) == [90, 91, 92, 93, 94])
        #expect(try index.search([1, 0], count: 5, excluding: Set(0..<100)).isEmpty)
    }

    @Test("an id that is present already is ignored, and comes back after its document was removed")
    func idempotence() throws {
        let index = ExactVectorIndex()
        try index.insert([VectorEntry(id: 1, document: 1, vector: [1, 0])])
        try index.insert([
            VectorEntry(id: 1, document: 2, vector: [0, 1]), VectorEntry(id: 2, document: 1, vector: [0, 2]),
            VectorEntry(id: 2, document: 3, vector: [1, 1]),
        ])
        #expect(try index.search([1, 0], count: 9) == [hit(1, 1, 1), hit(2, 1, 0)])
        index.remove(document: 1)
        #expect(index.count == 0)
        #expect(index.dimensions == nil)
        try index.insert([VectorEntry(id: 1, document: 4, vector: [1, 0, 0])])
        #expect(try index.search([2, 0, 0], count: 9) == [hit(1, 4, 1)])
    }

    private func hit(_ id: Int64, _ document: Int64, _ similarity: Float) -> VectorHit {
        VectorHit(id: id, document: document, similarity: similarity)
    }

    @Test("zero vectors have the similarity 0 with everything")
    func zeroVectors() throws {
        let index = ExactVectorIndex()
        try index.insert([
            VectorEntry(id: 1, document: 1, vector: [0, 0]), VectorEntry(id: 2, document: 1, vector: [-1, 0]),
        ])
        #expect(try index.search([1, 0], count: 2) == [hit(1, 1, 0), hit(2, 1, -1)])
        #expect(try index.search([0, 0], count: 2) == [hit(1, 1, 0), hit(2, 1, 0)])
    }

    @Test("huge and tiny vectors keep their direction")
    func extremeLengths() throws {
        let index = ExactVectorIndex()
        let huge = Float.greatestFiniteMagnitude
        let tiny = Float.leastNormalMagnitude
        try index.insert([
            VectorEntry(id: 1, document: 1, vector: [huge, huge]), VectorEntry(id: 2, document: 1, vector: [tiny, 0]),
        ])
        let hits = try index.search([huge, 0], count: 2)
        #expect(hits.map(\.id) == [2, 1])
        #expect(abs(hits[1].similarity - Float(0.5).squareRoot()) < 1e-6)
    }

    @Test("what is not a vector of this index is refused and changes nothing")
    func refusals() throws {
        let index = ExactVectorIndex()
        try index.insert([VectorEntry(id: 1, document: 1, vector: [1, 0])])
        let good = VectorEntry(id: 2, document: 2, vector: [0, 1])
        for (bad, error) in [
            ([1, 2, 3], VectorIndexError.dimensionMismatch(expected: 2, found: 3)),
            ([], .badLength(id: 9, bytes: 0)),
            ([.nan, 0], .notFinite(id: 9)),
            ([0, -.infinity], .notFinite(id: 9)),
        ] as [([Float], VectorIndexError)] {
            #expect(throws: error) { try index.insert([good, VectorEntry(id: 9, document: 2, vector: bad)]) }
            #expect(index.count == 1)
        }
        #expect(throws: VectorIndexError.dimensionMismatch(expected: 2, found: 1)) { try index.search([1], count: 1) }
        #expect(throws: VectorIndexError.notFinite(id: nil)) { try index.search([.infinity, 0], count: 1) }
    }

    @Test("an empty index and a count of zero give no hits")
    func nothing() throws {
        let index = ExactVectorIndex()
        #expect(try index.search([1, 2, 3], count: 5).isEmpty)
        #expect(index.dimensions == nil)
        try index.insert([])
        try index.insert([VectorEntry(id: 1, document: 1, vector: [1])])
        #expect(try index.search([1], count: 0).isEmpty)
        #expect(try index.search([1], count: -3).isEmpty)
        #expect(try index.search([1], count: .max).count == 1)
        index.remove(document: 99)
        #expect(index.count == 1)
    }

    @Test("removing most documents gives their space back")
    func compaction() throws {
        let index = ExactVectorIndex()
        var numbers = SeededNumbers(seed: 3)
        try index.insert(
            (0..<5000).map { VectorEntry(id: $0, document: $0 / 10, vector: numbers.floats(16)) })
        let before = index.byteCount
        for document in 0..<Int64(450) { index.remove(document: document) }
        #expect(index.count == 500)
        #expect(index.byteCount < before / 4)
        let query = numbers.floats(16)
        #expect(try index.search(query, count: 1000).allSatisfy { $0.document >= 450 && $0.id / 10 == $0.document })
        #expect(try index.search(query, count: 1000).count == 500)
        for document in 450..<Int64(500) { index.remove(document: document) }
        #expect(index.byteCount == 0)
    }
}
