import Testing

@testable import SentenceEmbedding

@Suite("Rerankers with a time limit", .timeLimit(.minutes(1)))
struct TimeLimitedRerankerTests {
    /// Answers at once, fails at once, or waits until it is cancelled.
    private struct Scripted: PassageReranker {
        var scores: [Double]?
        var error: EmbeddingError?

        func relevance(of passages: [String], to query: String) async throws(EmbeddingError) -> [Double] {
            if let error { throw error }
            if let scores { return scores }
            let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
            for await _ in stream {}  // Ends when the task is cancelled.
            continuation.finish()
            throw EmbeddingError(.cancelled, "cancelled")
        }
    }

    @Test("what comes in time is passed on, scores and errors")
    func inTime() async throws {
        let quick = TimeLimitedReranker(Scripted(scores: [0.5]), limit: .seconds(60))
        #expect(try await quick.relevance(of: ["a"], to: "q") == [0.5])
        let failing = TimeLimitedReranker(Scripted(error: EmbeddingError(.badModel, "bad")), limit: .seconds(60))
        let error = await #expect(throws: EmbeddingError.self) { try await failing.relevance(of: ["a"], to: "q") }
        #expect(error?.code == .badModel)
    }

    @Test("what does not is given up, and its work is cancelled")
    func late() async throws {
        let slow = TimeLimitedReranker(Scripted(), limit: .milliseconds(1))
        let error = await #expect(throws: EmbeddingError.self) { try await slow.relevance(of: ["a"], to: "q") }
        #expect(error?.code == .timedOut)
    }

    @Test("a cross-encoder's relevance is the logistic function of its logit")
    func crossEncoder() async throws {
        let encoder = try CrossEncoder(files: CrossEncoderFiles(folder: TestModel.tinyFolder))
        defer { encoder.shutDown() }
        let passages = ["a short passage", "another one, rather longer than the first"]
        let logits = try await encoder.score(query: "which?", passages: passages)
        let relevance = try await encoder.relevance(of: passages, to: "which?")
        #expect(relevance == logits.map { Logistic.value(Double($0)) })
        #expect(relevance.allSatisfy { (0...1).contains($0) })
        #expect(Logistic.value(0) == 0.5)
    }
}
