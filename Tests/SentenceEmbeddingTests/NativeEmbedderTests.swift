import Testing

@testable import SentenceEmbedding

/// The tiny model is enough: what is tested here is the way through the threads.
struct NativeEmbedderTests {
    private func embedder(threads: Int = 2, cachedQueries: Int = 8) throws -> NativeEmbedder {
        try NativeEmbedder(
            files: EmbeddingModelFiles(folder: TestModel.tinyFolder), name: "tiny", threads: threads,
            cachedQueries: cachedQueries)
    }

    private let texts = (0..<150).map { index in
        Array(repeating: "passage \(index) word", count: index % 23).joined(separator: " ")
    }

    @Test("passages come back in order, the same as one by one", arguments: [1, 2, 5])
    func order(threads: Int) async throws {
        let embedder = try embedder(threads: threads)
        let vectors = try await embedder.embed(passages: texts)
        #expect(vectors.count == texts.count)
        let model = try SentenceModel(EmbeddingModelFiles(folder: TestModel.tinyFolder))
        var scratch = BertScratch()
        for (text, vector) in zip(texts, vectors) {
            let alone = try #require(model.embed([text], scratch: &scratch).first)
            #expect(Golden.cosine(alone, vector) > 0.999999)
        }
        #expect(embedder.dimensions == 32)
        #expect(embedder.identifier == "native/tiny")
    }

    @Test("no passages need no work")
    func nothing() async throws {
        #expect(try await embedder().embed(passages: []).isEmpty)
    }

    @Test("queries and bulk requests at the same time each get their own answer")
    func together() async throws {
        let embedder = try embedder()
        let expected = try await embedder.embed(passages: texts)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let vectors = try await embedder.embed(passages: texts)
                    #expect(vectors == expected)
                }
            }
            for index in texts.indices {
                group.addTask {
                    let vector = try await embedder.embed(query: texts[index])
                    #expect(Golden.cosine(vector, expected[index]) > 0.999999)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("a cancelled request fails as cancelled and the engine goes on")
    func cancellation() async throws {
        let embedder = try embedder(threads: 1)
        let many = Array(repeating: texts, count: 40).flatMap { $0 }
        let task = Task { () -> EmbeddingError? in
            do throws(EmbeddingError) {
                _ = try await embedder.embed(passages: many)
                return nil
            } catch {
                return error
            }
        }
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(try await embedder.embed(query: "still there").count == 32)
    }

    private struct NoModel: BatchModel {
        func rows(for inputs: [EncoderInput], scratch: inout BertScratch) -> [[Float]] { [] }
    }

    @Test("vectors that arrive after the cancellation are dropped")
    func lateVectors() async {
        let result = await withCheckedContinuation { continuation in
            let request = EmbeddingRequest(
                model: NoModel(), inputs: [EncoderInput(text: "a"), EncoderInput(text: "b")], batches: [[0], [1]],
                priority: .bulk, continuation: continuation)
            #expect(request.nextBatch() == [0])
            let resume = request.finish(.failure(.shutDown))
            let isLast = request.accept([[1]], for: [0]) != nil
            #expect(!isLast)
            #expect(request.nextBatch() == nil)
            let endsTwice = request.finish(.success([])) != nil
            #expect(!endsTwice)
            resume?()
        }
        #expect(throws: EmbeddingError.self) { try result.get() }
    }

    @Test("after shutting down, requests fail as cancelled")
    func shutDown() async throws {
        let embedder = try embedder()
        embedder.shutDown()
        await #expect(throws: EmbeddingError.self) { try await embedder.embed(query: "too late") }
        await #expect(throws: EmbeddingError.self) { try await embedder.embed(passages: ["too late"]) }
    }

    @Test("an impossible number of threads is refused", arguments: [-1, 0, 257])
    func threads(count: Int) throws {
        let error = #expect(throws: EmbeddingError.self) { try embedder(threads: count) }
        #expect(error?.code == .badSettings)
    }

    @Test("every text is in exactly one batch and batches are small", arguments: [0, 1, 64, 65, 1000])
    func batches(count: Int) {
        let many = (0..<count).map { String(repeating: "w ", count: ($0 * 37) % 900) }
        let batches = BatchPlan.batches(for: many, maximumTokens: 512)
        #expect(batches.flatMap { $0 }.sorted() == Array(0..<count))
        for batch in batches {
            #expect(!batch.isEmpty && batch.count <= BatchPlan.textsPerBatch)
            let tokens = batch.reduce(0) { $0 + many[$1].utf8.count / 4 }
            #expect(batch.count == 1 || tokens <= BatchPlan.tokensPerBatch)
        }
    }

    @Test("the cache forgets what was used longest ago, and does not keep very long texts")
    func cache() {
        var cache = QueryCache(capacity: 2)
        cache.store([1], for: "a")
        cache.store([2], for: "b")
        #expect(cache.vector(for: "a") == [1])
        cache.store([3], for: "c")
        #expect(cache.vector(for: "b") == nil)
        #expect(cache.vector(for: "a") == [1])
        #expect(cache.vector(for: "c") == [3])
        cache.store([4], for: String(repeating: "x", count: QueryCache.longestText + 1))
        #expect(cache.count == 2)
        var none = QueryCache(capacity: 0)
        none.store([1], for: "a")
        #expect(none.vector(for: "a") == nil)
    }
}
