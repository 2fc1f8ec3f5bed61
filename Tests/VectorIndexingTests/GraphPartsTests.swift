import Testing
import TestSupport

@testable import VectorIndexing

struct GraphPartsTests {
    @Test("every block of sixteen rows of a level sends one row up, to a position of its own")
    func levels() {
        for level in 0..<GraphLevels.highest {
            var owners: [Int: UInt32] = [:]
            for row in UInt32(0)..<131_072 where GraphLevels.level(of: row) > level {
                let position = GraphLevels.position(row, level: level + 1)
                #expect(owners.updateValue(row, forKey: position) == nil, "two rows at \(position) of \(level + 1)")
            }
            #expect(owners.count == 131_072 >> (4 * (level + 1)))
        }
        // Not always the same place of the block: rows of one kind would fill a level.
        let chosen = (0..<4096).filter { GraphLevels.level(of: $0) > 0 }.map { $0 % 16 }
        #expect(Set(chosen).count == 16)
    }

    @Test("the links of the upper levels follow one another", arguments: [1, 15, 16, 17, 4096, 65_535, 65_536])
    func upperLinks(rows: Int) {
        var end = 0
        for level in 1...GraphLevels.highest {
            #expect(GraphLevels.upperOffset(level, rows: rows) == end)
            let last = (0..<UInt32(rows)).last { GraphLevels.level(of: $0) >= level }
            end = GraphLevels.upperOffset(level + 1, rows: rows)
            guard let last else { continue }
            let slot = GraphLevels.upperOffset(level, rows: rows) + GraphLevels.position(last, level: level) * 16
            #expect(slot + GraphLevels.upperWidth <= end)
        }
        #expect(end == GraphLevels.upperSlots(rows: rows))
    }

    @Test("keys are ordered by similarity, then by lower row, and give both back")
    func keys() {
        let similarities: [Float] = [-1, -0.5, -1e-30, 0, 1e-30, 0.25, 0.999_999_9, 1]
        var keys: [UInt64] = []
        for similarity in similarities {
            for row in [4_000_000_000, 70_000, 1, 0] as [UInt32] {
                let key = GraphKey.make(similarity, row)
                #expect(GraphKey.similarity(key) == similarity && GraphKey.row(key) == row)
                keys.append(key)
            }
        }
        #expect(keys == keys.sorted())
    }

    @Test("the heap gives keys back in order")
    func heap() {
        var numbers = SeededNumbers(seed: 2)
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 200) { memory in
            guard let base = memory.baseAddress else { return }
            for count in [0, 1, 2, 3, 50, 200] {
                var heap = KeyHeap(base)
                var model = (0..<count).map { _ in numbers.next() % 100 }
                for key in model { heap.push(key) }
                if !model.isEmpty {
                    heap.replaceTop(7)
                    model.remove(at: model.firstIndex(of: model.max() ?? 0) ?? 0)
                    model.append(7)
                }
                var taken: [UInt64] = []
                while heap.count > 0 { taken.append(heap.pop()) }
                #expect(taken == model.sorted(by: >))
            }
        }
    }

    @Test("a stamp is never that of an older mark, also after the numbers have run out")
    func stamps() {
        let scratch = WalkScratch(capacity: 4, stride: 64)
        for turn in 0..<150_000 {
            let stamp = scratch.nextStamp()
            #expect(stamp != 0)
            if scratch.marks[turn % 4] == stamp || scratch.marks[(turn + 1) % 4] == stamp {
                Issue.record("turn \(turn)")
            }
            scratch.marks[turn % 4] = stamp
        }
    }

    @Test("a mask knows documents, dead rows and runs", arguments: [1, 63, 64, 65, 1000])
    func masks(rows: Int) throws {
        var store = RowStore()
        for row in 0..<rows {
            try [Float(1), 2].withUnsafeBufferPointer { vector throws(VectorIndexError) in
                try store.append(id: Int64(row), document: Int64(row / 5 % 7), vector: vector)
            }
        }
        #expect(RowMask(store.snapshot, excluding: [], including: nil) == nil)
        _ = store.remove(document: 3)
        for (excluding, including) in [
            ([], nil), ([1, 99], nil), ([], [0, 2, 3]), ([0], [0, 6]), ([], []), ([], Set(0..<7)),
        ] as [(Set<Int64>, Set<Int64>?)] {
            let mask = RowMask(store.snapshot, excluding: excluding, including: including)
            let expected = (0..<rows).filter {
                let document = Int64($0 / 5 % 7)
                return document != 3 && !excluding.contains(document) && including?.contains(document) != false
            }
            guard let mask else {
                #expect(expected.count == rows)
                continue
            }
            #expect(mask.count == expected.count)
            #expect((0..<rows).filter(mask.contains) == expected)
            var runs: [Range<Int>] = []
            mask.forEachRun(in: rows / 3..<rows) { runs.append($0) }
            #expect(runs.flatMap(Array.init) == expected.filter { $0 >= rows / 3 })
            #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
        }
    }
}
