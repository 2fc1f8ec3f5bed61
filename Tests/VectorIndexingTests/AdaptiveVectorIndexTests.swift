import Dispatch
import Synchronization
import Testing
import TestSupport

@testable import VectorIndexing

struct AdaptiveVectorIndexTests {
    private static let options = AdaptiveIndexOptions(graphFrom: 300, threads: 2)

    @Test(
        "random inserts and removals give what the definition gives, while and after the graph is built",
        arguments: 1...4)
    func matchesBruteForce(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        var rows = ClusteredRows(seed: seed, dimensions: 24, centres: 40)
        let index = AdaptiveVectorIndex(options: Self.options)
        var model = BruteForceIndex()
        var recall = Recall()
        var nextID: Int64 = 1
        for step in 0..<60 {
            if numbers.next() % 4 < 3 || model.entries.isEmpty {
                let entries = rows.entries(Int(numbers.next() % 120), from: nextID)
                nextID += Int64(entries.count)
                try index.insert(entries)
                model.insert(entries)
            } else {
                for _ in 0..<Int(numbers.next() % 40) {
                    let document = Int64.random(in: 0...(nextID / 10), using: &numbers)
                    index.remove(document: document)
                    model.remove(document: document)
                }
            }
            if numbers.next() % 2 == 0 { index.settle() }
            #expect(index.count == model.entries.count, "step \(step)")
            let query = rows.vector()
            try expectSound(index.search(query, count: 10), model, query, &recall, "seed \(seed), step \(step)")
        }
        #expect(recall.value >= 0.99, "recall \(recall.value)")
    }

    /// Hits exist, are where they say, are in order and as many as there can be.
    private func expectSound(
        _ hits: [VectorHit], _ model: BruteForceIndex, _ query: [Float], _ recall: inout Recall, _ comment: Comment
    ) throws {
        let ranked = model.ranked(query)
        let similarities = Dictionary(uniqueKeysWithValues: ranked.map { ($0.id, $0.similarity) })
        #expect(hits.count == min(10, ranked.count), comment)
        #expect(Set(hits.map(\.id)).count == hits.count, comment)
        #expect(zip(hits, hits.dropFirst()).allSatisfy { VectorHit.precedes($0, $1) }, comment)
        for hit in hits {
            let similarity = try #require(similarities[hit.id], comment)
            #expect(abs(similarity - Double(hit.similarity)) < 1e-5, comment)
        }
        recall.add(hits, ranked, count: 10)
    }

    @Test("the graph finds at least 99 of 100 of the true nearest, and every row can be reached")
    func recall() throws {
        var rows = ClusteredRows(seed: 9, dimensions: 48, centres: 200)
        let entries = rows.entries(12_000)
        let index = AdaptiveVectorIndex(options: AdaptiveIndexOptions(graphFrom: 1000, threads: 2))
        var model = BruteForceIndex()
        model.insert(distinct: entries)
        for first in stride(from: 0, to: entries.count, by: 500) {
            try index.insert(Array(entries[first..<first + 500]))
        }
        index.settle()
        #expect(index.linkedCount == 12_000)
        for count in [1, 10, 50] {
            var recall = Recall()
            for _ in 0..<100 {
                let query = rows.vector()
                recall.add(try index.search(query, count: count), model.ranked(query), count: count)
            }
            #expect(recall.value >= 0.99, "recall@\(count) \(recall.value)")
        }
        #expect(Self.reached(index) == 12_000)
    }

    /// Rows that a walk can reach.
    static func reached(_ index: AdaptiveVectorIndex) -> Int {
        let snapshot = index.published.withLock { $0.snapshot }
        return GraphReach(GraphView(snapshot), entry: snapshot.entry).count
    }

    @Test("removing documents gives their space back, and what is left stays connected")
    func rebuild() throws {
        var rows = ClusteredRows(seed: 4, dimensions: 16, centres: 50)
        let index = AdaptiveVectorIndex(options: AdaptiveIndexOptions(graphFrom: 500, threads: 2))
        var model = BruteForceIndex()
        let entries = rows.entries(4000)
        try index.insert(entries)
        model.insert(distinct: entries)
        index.settle()
        let before = index.residentBytes
        for document in stride(from: Int64(0), to: 400, by: 1) where document % 4 != 0 {
            index.remove(document: document)
            model.remove(document: document)
        }
        index.settle()
        #expect(index.count == 1000 && index.linkedCount < 1500)
        #expect(index.residentBytes < before / 2)
        var recall = Recall()
        for _ in 0..<50 {
            let query = rows.vector()
            recall.add(try index.search(query, count: 10), model.ranked(query), count: 10)
        }
        #expect(recall.value >= 0.99, "recall \(recall.value)")
        #expect(Self.reached(index) == index.linkedCount)
        for document in stride(from: Int64(0), to: 396, by: 4) { index.remove(document: document) }
        index.settle()
        #expect(index.count == 10 && index.linkedCount == 0)
        index.remove(document: 396)
        #expect(index.count == 0 && index.dimensions == nil && index.residentBytes == 0)
        try index.insert([VectorEntry(id: 1, document: 1, vector: [1, 0, 0])])
        #expect(try index.search([1, 1, 0], count: 4).map(\.id) == [1])
    }

    @Test("filters by documents return as many hits as there are, wide or narrow", arguments: [1, 3, 30, 300, 1200])
    func filters(documents: Int) throws {
        var rows = ClusteredRows(seed: 8, dimensions: 24, centres: 60)
        var numbers = SeededNumbers(seed: UInt64(documents))
        let index = AdaptiveVectorIndex(options: AdaptiveIndexOptions(graphFrom: 500, threads: 2))
        var model = BruteForceIndex()
        let entries = rows.entries(12_000)
        try index.insert(entries)
        model.insert(distinct: entries)
        for document in stride(from: Int64(0), to: 1200, by: 9) {
            index.remove(document: document)
            model.remove(document: document)
        }
        index.settle()
        var recall = Recall()
        for _ in 0..<10 {
            let chosen = Set((0..<Int64(1200)).shuffled(using: &numbers).prefix(documents))
            let others = Set(0..<Int64(1200)).subtracting(chosen)
            let query = rows.vector()
            let ranked = model.ranked(query, excluding: others)
            for hits in [
                try index.search(query, count: 10, excluding: [], including: chosen),
                try index.search(query, count: 10, excluding: others),
                try index.search(query, count: 10, excluding: others, including: Set(0..<Int64(2000))),
            ] {
                #expect(hits.count == min(10, ranked.count))
                #expect(hits.allSatisfy { chosen.contains($0.document) && $0.document % 9 != 0 })
                recall.add(hits, ranked, count: 10)
            }
        }
        #expect(recall.value >= 0.99, "recall \(recall.value)")
    }

    @Test("a filter on documents that lie far from the query still returns ten hits")
    func distantFilter() throws {
        let index = AdaptiveVectorIndex(options: AdaptiveIndexOptions(graphFrom: 100, threads: 1))
        var numbers = SeededNumbers(seed: 6)
        try index.insert(
            (0..<Int64(8000)).map { id in
                // Half of the rows point one way, half the other.
                let sign: Float = id < 4000 ? 1 : -1
                let noise = numbers.floats(16, in: -0.3...0.3)
                return VectorEntry(id: id, document: id / 4000, vector: [sign] + noise)
            })
        index.settle()
        #expect(index.linkedCount == 8000)
        let query = [Float(1)] + [Float](repeating: 0, count: 16)
        for _ in 0..<5 {
            let hits = try index.search(query, count: 10, excluding: [], including: [1])
            #expect(hits.count == 10 && hits.allSatisfy { $0.document == 1 })
        }
        #expect(try index.search(query, count: 10, excluding: [], including: []).isEmpty)
        #expect(try index.search(query, count: 10, excluding: [], including: [77]).isEmpty)
        #expect(try index.search(query, count: 10, excluding: [1], including: [1]).isEmpty)
        #expect(try index.search(query, count: 5000, excluding: [], including: [0]).count == 4000)
    }

    @Test("equal and zero vectors are found in full number")
    func degenerate() throws {
        let index = AdaptiveVectorIndex(options: AdaptiveIndexOptions(graphFrom: 100, threads: 2))
        var rows = ClusteredRows(seed: 3, dimensions: 8, centres: 5)
        var entries = rows.entries(4000)
        for id in 0..<1500 { entries[id].vector = [1, 2, 3, 4, 5, 6, 7, 8] }
        for id in 1500..<1800 { entries[id].vector = Array(repeating: 0, count: 8) }
        try index.insert(entries)
        index.settle()
        #expect(index.linkedCount == 4000)
        let hits = try index.search([1, 2, 3, 4, 5, 6, 7, 8], count: 20)
        #expect(hits.count == 20 && hits.allSatisfy { $0.id < 1500 && $0.similarity > 0.999_99 })
        let zeros = try index.search(Array(repeating: 0, count: 8), count: 20)
        #expect(zeros.count == 20 && zeros.allSatisfy { $0.similarity == 0 })
        #expect(try index.search(rows.vector(), count: 4000).count == 4000)
    }

    @Test("what is not a vector of this index is refused and changes nothing, with a graph too")
    func refusals() throws {
        let index = AdaptiveVectorIndex(options: AdaptiveIndexOptions(graphFrom: 50, threads: 1))
        var rows = ClusteredRows(seed: 1, dimensions: 8, centres: 5)
        try index.insert(rows.entries(2000))
        index.settle()
        let good = VectorEntry(id: 9000, document: 900, vector: rows.vector())
        for (bad, error) in [
            ([1, 2, 3], VectorIndexError.dimensionMismatch(expected: 8, found: 3)),
            ([], .badLength(id: 9001, bytes: 0)),
            ([.nan, 0, 0, 0, 0, 0, 0, 0], .notFinite(id: 9001)),
        ] as [([Float], VectorIndexError)] {
            #expect(throws: error) { try index.insert([good, VectorEntry(id: 9001, document: 2, vector: bad)]) }
            #expect(index.count == 2000)
        }
        #expect(throws: VectorIndexError.dimensionMismatch(expected: 8, found: 1)) { try index.search([1], count: 1) }
        #expect(throws: VectorIndexError.notFinite(id: nil)) {
            try index.search([.infinity, 0, 0, 0, 0, 0, 0, 0], count: 1)
        }
    }

    @Test("an index that is dropped while it is built ends its work")
    func dropped() throws {
        weak var dropped: AdaptiveVectorIndex?
        do {
            let index = AdaptiveVectorIndex(options: AdaptiveIndexOptions(graphFrom: 50, threads: 2))
            var rows = ClusteredRows(seed: 1, dimensions: 8, centres: 5)
            try index.insert(rows.entries(6000))
            dropped = index
            let background = index.background
            _ = consume index
            background.wait()
        }
        #expect(dropped == nil)
    }
}
