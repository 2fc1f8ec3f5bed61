import Dispatch
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import SentenceEmbedding

/// Who goes first, seen at a model whose batches wait at a gate: no time is measured.
struct PriorityTests {
    /// Holds every batch at a gate, except those of queries.
    private final class GatedModel: BatchModel {
        let entered = ManualCounter()
        private let gate = DispatchSemaphore(value: 0)
        private let log = Mutex<[String]>([])

        var events: [String] { log.withLock { $0 } }

        func letPass(_ batches: Int) { for _ in 0..<batches { gate.signal() } }

        func rows(for inputs: [EncoderInput], scratch: inout BertScratch) -> [[Float]] {
            let name = inputs.map(\.text).joined(separator: "+")
            log.withLock { $0.append("begin \(name)") }
            if !name.hasPrefix("query") {
                entered.increment()
                gate.wait()
            }
            log.withLock { $0.append("end \(name)") }
            return inputs.map { [Float($0.text.count)] }
        }
    }

    private let lines = EmbeddingLines()
    private let model = GatedModel()
    private let added = ManualCounter()

    private func start(threads: Int) throws {
        for _ in 0..<threads {
            try EmbeddingWorker.start(lines, .foreground)
            try EmbeddingWorker.start(lines, .background)
        }
    }

    /// Each name is a batch of its own.
    private func submit(
        _ names: [String], _ priority: EmbeddingRequest.Priority
    ) async throws -> [[Float]] {
        try await withCheckedContinuation { continuation in
            lines.add(
                EmbeddingRequest(
                    model: model, inputs: names.map { EncoderInput(text: $0) }, batches: names.indices.map { [$0] },
                    priority: priority, continuation: continuation))
            added.increment()
        }.get()
    }

    @Test("with every thread for it in bulk batches, a query and a ranking are answered")
    func queryBesideBulk() async throws {
        defer { lines.stop() }
        try start(threads: 2)
        let names = (0..<6).map { "bulk \($0)" }
        async let bulk = submit(names, .bulk)
        await model.entered.reaches(2)
        // Nothing of the bulk work begins or ends before the query and the ranking do.
        #expect(try await submit(["query"], .query) == [[5]])
        async let ranking = submit(["pair"], .ranking)
        await model.entered.reaches(3)
        let events = model.events
        #expect(Set(events.prefix(2)) == ["begin bulk 0", "begin bulk 1"])
        #expect(Array(events[2...]) == ["begin query", "end query", "begin pair"])
        model.letPass(7)
        #expect(try await bulk.count == 6)
        #expect(try await ranking.count == 1)
        #expect(model.events.count == 16)
    }

    @Test("a query goes before the batches of a ranking that have not begun")
    func queryBeforeRanking() async throws {
        defer { lines.stop() }
        try start(threads: 1)
        async let ranking = submit(["pair 0", "pair 1"], .ranking)
        await model.entered.reaches(1)
        async let query = submit(["query"], .query)
        await added.reaches(2)
        model.letPass(2)
        _ = try await (ranking, query)
        #expect(
            model.events == [
                "begin pair 0", "end pair 0", "begin query", "end query", "begin pair 1", "end pair 1",
            ])
    }

    @Test("bulk threads are in the idle class of the scheduler, the others are not")
    func schedulingClasses() async throws {
        defer { lines.stop() }
        try start(threads: 1)
        var policies: [String: Int32] = [:]
        for (name, priority) in [("query", EmbeddingRequest.Priority.query), ("bulk", .bulk)] {
            let rows = try await withCheckedContinuation { continuation in
                lines.add(
                    EmbeddingRequest(
                        model: PolicyModel(), inputs: [EncoderInput(text: name)], batches: [[0]], priority: priority,
                        continuation: continuation))
            }.get()
            policies[name] = Int32(rows[0][0])
        }
        // The task was not woken by a bulk thread either: a thread that is started then inherits the class.
        #expect(sched_getscheduler(0) == SCHED_OTHER)
        #expect(policies == ["query": SCHED_OTHER, "bulk": EmbeddingWorker.idleClass])
    }

    /// Answers with the scheduling policy of the thread that it runs on.
    private struct PolicyModel: BatchModel {
        func rows(for inputs: [EncoderInput], scratch: inout BertScratch) -> [[Float]] {
            inputs.map { _ in [Float(sched_getscheduler(0))] }
        }
    }

    @Test("stopping ends what waits in every line")
    func stop() async throws {
        let priorities: [EmbeddingRequest.Priority] = [.bulk, .ranking, .query]
        let waiting = priorities.map { priority in Task { try await submit(["anything"], priority) } }
        await added.reaches(3)
        lines.stop()
        for task in waiting { await #expect(throws: EmbeddingError.self) { try await task.value } }
        await #expect(throws: EmbeddingError.self) { try await submit(["query"], .query) }
        #expect(model.events.isEmpty)
    }
}
