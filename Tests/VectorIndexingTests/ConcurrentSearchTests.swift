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

    @Test("searches during inserts and removals see whole documents and whole rows")
    func readersDuringWrites() async throws {
        let index = ExactVectorIndex()
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

    @Test("a removed document is never found by a search that begins afterwards")
    func removalIsVisibleAtOnce() async throws {
        let index = ExactVectorIndex()
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
}
