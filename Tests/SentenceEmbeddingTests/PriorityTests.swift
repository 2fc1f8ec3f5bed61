import Dispatch
import Synchronization
import TestSupport
import Testing

@testable import SentenceEmbedding

/// Who goes first, seen at a model whose batches wait at a gate: no time is measured.
struct PriorityTests {
    /// Holds every batch at a gate, between two layers so to speak, except those of queries.
    private final class GatedModel: BatchModel {
        let entered = ManualCounter()
        private let gate = DispatchSemaphore(value: 0)
        private let log = Mutex<[String]>([])

        var events: [String] { log.withLock { $0 } }

        func letPass(_ batches: Int) { for _ in 0..<batches { gate.signal() } }

        func rows(for inputs: [EncoderInput], scratch: inout BertScratch, pause: () -> Void) -> [[Float]] {
            let name = inputs.map(\.text).joined(separator: "+")
            log.withLock { $0.append("begin \(name)") }
            if !name.hasPrefix("query") {
                entered.increment()
                gate.wait()
            }
            pause()
            log.withLock { $0.append("end \(name)") }
            return inputs.map { [Float($0.text.count)] }
        }
    }

    private let queue = EmbeddingQueue()
    private let model = GatedModel()
    private let added = ManualCounter()

    private func start(threads: Int) throws {
        for _ in 0..<threads { try EmbeddingWorker.start(queue: queue) }
    }

    /// Each name is a batch of its own.
    private func submit(
        _ names: [String], _ priority: EmbeddingRequest.Priority
    ) async throws -> [[Float]] {
        try await withCheckedContinuation { continuation in
            queue.add(
                EmbeddingRequest(
                    model: model, inputs: names.map { EncoderInput(text: $0) }, batches: names.indices.map { [$0] },
                    priority: priority, continuation: continuation))
            added.increment()
        }.get()
    }

    @Test("with both threads in bulk batches, a query is answered at the first pause of either")
    func queryOvertakesBulk() async throws {
        defer { queue.stop() }
        try start(threads: 2)
        let names = (0..<6).map { "bulk \($0)" }
        async let bulk = submit(names, .bulk)
        await model.entered.reaches(2)
        async let query = submit(["query"], .query)
        await added.reaches(2)
        model.letPass(1)
        // The other thread is still held; nothing of the bulk work began or ended before the query did.
        #expect(try await query == [[5]])
        let events = model.events
        #expect(Set(events.prefix(2)) == ["begin bulk 0", "begin bulk 1"])
        #expect(Array(events[2..<4]) == ["begin query", "end query"])
        model.letPass(5)
        #expect(try await bulk.count == 6)
        #expect(model.events.count == 14)
    }

    @Test("a query that comes while a thread sleeps needs no pause")
    func idleThread() async throws {
        defer { queue.stop() }
        try start(threads: 2)
        async let bulk = submit(["bulk"], .bulk)
        await model.entered.reaches(1)
        #expect(try await submit(["query"], .query) == [[5]])
        #expect(model.events == ["begin bulk", "begin query", "end query"])
        model.letPass(1)
        #expect(try await bulk == [[4]])
    }

    @Test("a ranking waits for the running batch only, and a query overtakes it too")
    func rankingBeforeBulk() async throws {
        defer { queue.stop() }
        try start(threads: 1)
        async let bulk = submit(["bulk 0", "bulk 1"], .bulk)
        await model.entered.reaches(1)
        async let ranking = submit(["pair 0", "pair 1"], .ranking)
        await added.reaches(2)
        model.letPass(1)
        await model.entered.reaches(2)
        async let query = submit(["query"], .query)
        await added.reaches(3)
        model.letPass(3)
        _ = try await (bulk, ranking, query)
        #expect(
            model.events == [
                "begin bulk 0", "end bulk 0", "begin pair 0", "begin query", "end query", "end pair 0", "begin pair 1",
                "end pair 1", "begin bulk 1", "end bulk 1",
            ])
    }

    @Test("stopping ends what waits in every line")
    func stop() async throws {
        let priorities: [EmbeddingRequest.Priority] = [.bulk, .ranking, .query]
        let waiting = priorities.map { priority in Task { try await submit(["anything"], priority) } }
        await added.reaches(3)
        queue.stop()
        for task in waiting { await #expect(throws: EmbeddingError.self) { try await task.value } }
        await #expect(throws: EmbeddingError.self) { try await submit(["query"], .query) }
        #expect(model.events.isEmpty)
    }
}
