import Glibc
import Synchronization

/// What the worker threads take their work from: queries first, then rankings, then batches of the bulk requests in turn.
///
/// This is the one place where threads and tasks meet. Workers sleep on a condition variable, which needs a pthread
/// mutex beside it; tasks are resumed outside the lock.
final class EmbeddingQueue: Sendable {
    struct Work {
        let request: EmbeddingRequest
        let batch: [Int]
    }

    /// nonisolated(unsafe): `condition` and `state` are used only while `mutex` is held.
    nonisolated(unsafe) private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    nonisolated(unsafe) private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    nonisolated(unsafe) private var state = State()
    /// Queries that wait, so that a busy worker can look without taking the lock.
    private let waitingQueries = Atomic<Int>(0)

    private struct State {
        var queries: [EmbeddingRequest] = []
        var rankings: [EmbeddingRequest] = []
        var bulk: [EmbeddingRequest] = []
        var isStopped = false
    }

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    private func locked<Value>(_ body: (inout State) -> Value) -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&state)
    }

    func add(_ request: EmbeddingRequest) {
        let refusal: (() -> Void)? = locked { state in
            if state.isStopped { return request.finish(.failure(.shutDown)) }
            switch request.priority {
            case .query:
                state.queries.append(request)
                waitingQueries.add(1, ordering: .relaxed)
                pthread_cond_signal(condition)
            case .ranking:
                state.rankings.append(request)
                pthread_cond_broadcast(condition)
            case .bulk:
                state.bulk.append(request)
                pthread_cond_broadcast(condition)
            }
            return nil
        }
        refusal?()
    }

    /// Waits for work; nil means that the queue was stopped and the thread should end.
    func next() -> Work? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !state.isStopped {
            if let work = takeQuery(&state) ?? takeTurn(&state.rankings) ?? takeTurn(&state.bulk) { return work }
            pthread_cond_wait(condition, mutex)
        }
        return nil
    }

    /// Whether nobody waits.
    var isEmpty: Bool { locked { $0.queries.isEmpty && $0.rankings.isEmpty && $0.bulk.isEmpty } }

    /// A waiting query, without sleeping; almost free when there is none.
    func nextQuery() -> Work? {
        if waitingQueries.load(ordering: .relaxed) == 0 { return nil }
        return locked { takeQuery(&$0) }
    }

    private func takeQuery(_ state: inout State) -> Work? {
        while !state.queries.isEmpty {
            let request = state.queries.removeFirst()
            waitingQueries.subtract(1, ordering: .relaxed)
            if let batch = request.nextBatch() { return Work(request: request, batch: batch) }
        }
        return nil
    }

    private func takeTurn(_ requests: inout [EmbeddingRequest]) -> Work? {
        while !requests.isEmpty {
            let request = requests.removeFirst()
            guard let batch = request.nextBatch() else { continue }
            // To the back of the line: two documents being embedded advance together.
            if !request.batches.isEmpty { requests.append(request) }
            return Work(request: request, batch: batch)
        }
        return nil
    }

    func deliver(_ rows: [[Float]], for work: Work) {
        locked { _ in work.request.accept(rows, for: work.batch) }?()
    }

    /// Ends a request; its remaining batches are not begun.
    func cancel(_ request: EmbeddingRequest) {
        locked { _ in
            request.finish(.failure(EmbeddingError(.cancelled, "The embedding was cancelled.")))
        }?()
    }

    /// Ends every request; threads in `next()` return.
    func stop() {
        let resumptions = locked { state in
            let requests = state.queries + state.rankings + state.bulk
            state = State(isStopped: true)
            pthread_cond_broadcast(condition)
            return requests.compactMap { $0.finish(.failure(.shutDown)) }
        }
        for resume in resumptions { resume() }
    }
}

extension EmbeddingError {
    static let shutDown = EmbeddingError(.cancelled, "The embedding engine was shut down.")
}
