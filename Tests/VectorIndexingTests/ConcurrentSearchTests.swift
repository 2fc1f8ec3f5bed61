import Testing

@testable import VectorIndexing

struct ConcurrentSearchTests {
    /// A document's rows all carry its number in every element, so a torn or half-written row shows. Documents are
    /// inserted and removed whole, so a search must see all three chunks of one or none.
    private static func entries(of document: Int64) -> [VectorEntry] {
        (0..<3).map { (chunk: Int64) in
            var vector = [Float](repeating: 0, count: 64)
            vector[Int(document % 64)] = 1
            return VectorEntry(id: document * 3 + chunk, document: document, vector: vector)
        }
    }

    /// Exact, and a graph from so few rows on that it is built, extended, rebuilt and given up all the time.
    private static var indexes: [any VectorIndex] {
        [ExactVectorIndex(), AdaptiveVectorIndex(options: AdaptiveIndexOptions(graphFrom: 60, threads: 2))]
    }

    @Test("searches during inserts and removals see whole documents and whole rows", arguments: 0...1)
    func readersDuringWrites(kind: Int) async throws {
        let index = Self.indexes[kind]
        let rounds: Int64 = 300
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for document in 0..<rounds {
                    try index.insert(Self.entries(of: document))
                    if document >= 40 { index.remove(document: document - 40) }
                }
            }
            for reader in 0..<4 {
                group.addTask {
                    for turn in 0..<400 {
                        var query = [Float](repeating: 0, count: 64)
                        query[(turn * 7 + reader) % 64] = 1
                        let hits = try index.search(query, count: 10_000)
                        let byDocument = Dictionary(grouping: hits, by: \.document)
                        for (document, chunks) in byDocument {
                            #expect(chunks.map(\.id).sorted() == Self.entries(of: document).map(\.id))
                            let expected: Float = document % 64 == (turn * 7 + reader) % 64 ? 1 : 0
                            #expect(chunks.allSatisfy { $0.similarity == expected })
                        }
                        #expect(byDocument.count <= 41)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(index.count == 40 * 3)
    }

    @Test("a removed document is never found by a search that begins afterwards", arguments: 0...1)
    func removalIsVisibleAtOnce(kind: Int) async throws {
        let index = Self.indexes[kind]
        try index.insert((0..<200).flatMap(Self.entries(of:)))
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    for document in stride(from: Int64(worker), to: 200, by: 4) {
                        index.remove(document: document)
                        var query = [Float](repeating: 0, count: 64)
                        query[Int(document % 64)] = 1
                        let hits = try? index.search(query, count: 1000)
                        #expect(hits?.contains { $0.document == document } == false)
                    }
                }
            }
        }
        #expect(index.count == 0)
    }

    @Test("walks beside linking and rebuilding find only rows that were there, and nearly all of the nearest")
    func walksDuringLinking() async throws {
        let index = AdaptiveVectorIndex(options: AdaptiveIndexOptions(graphFrom: 400, threads: 2))
        var rows = ClusteredRows(seed: 12, dimensions: 16, centres: 30)
        let kept = rows.entries(1000)
        let passing = rows.entries(6000, from: 10_000)
        let queries = (0..<50).map { _ in rows.vector() }
        try index.insert(kept)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for first in stride(from: 0, to: passing.count, by: 200) {
                    try index.insert(Array(passing[first..<first + 200]))
                    if first >= 400 {
                        for document in passing[first - 400].document..<passing[first - 200].document {
                            index.remove(document: document)
                        }
                    }
                }
            }
            for reader in 0..<3 {
                group.addTask {
                    for turn in 0..<400 {
                        let entry = kept[(turn * 31 + reader) % kept.count]
                        let hits = try index.search(entry.vector, count: 10)
                        #expect(hits.count == 10 && hits.first?.similarity ?? 0 > 0.999)
                        let others = try index.search(
                            queries[turn % 50], count: 10, excluding: Set(kept.prefix(500).map(\.document)))
                        #expect(others.count == 10 && others.allSatisfy { $0.document >= 50 })
                    }
                }
            }
            try await group.waitForAll()
        }
        index.settle()
        #expect(index.count == 1400)
    }
}
