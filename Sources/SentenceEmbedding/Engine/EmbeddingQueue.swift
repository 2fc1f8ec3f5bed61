import Glibc

/// A line in which requests wait for worker threads, and the lock under which they are used.
///
/// This is the one place where threads and tasks meet. Workers sleep on a condition variable, which needs a pthread
/// mutex beside it; tasks are resumed outside the lock.
final class EmbeddingQueue: Sendable {
    enum Work {
        case batch(EmbeddingRequest, [Int])
        /// What a thread of another queue left to be done: waking a task.
        case wakeUp(() -> Void)
    }

    /// nonisolated(unsafe): `condition` and `state` are used only while `mutex` is held.
    nonisolated(unsafe) private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    nonisolated(unsafe) private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    nonisolated(unsafe) private var state = State()

    private struct State {
        var wakeUps: [() -> Void] = []
        var queries: [EmbeddingRequest] = []
        /// Rankings or bulk requests.
        var others: [EmbeddingRequest] = []
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
            if request.priority == .query {
                state.queries.append(request)
                pthread_cond_signal(condition)
            } else {
                state.others.append(request)
                pthread_cond_broadcast(condition)
            }
            return nil
        }
        refusal?()
    }

    /// Lets a thread of this queue wake a task; after the end the caller does.
    func add(wakeUp: @escaping () -> Void) {
        let isStopped = locked { state in
            if state.isStopped { return true }
            state.wakeUps.append(wakeUp)
            pthread_cond_signal(condition)
            return false
        }
        if isStopped { wakeUp() }
    }

    /// Waits for work; nil means that the queue was stopped and the thread should end.
    func next() -> Work? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !state.isStopped {
            if !state.wakeUps.isEmpty { return .wakeUp(state.wakeUps.removeFirst()) }
            if let work = takeTurn(&state.queries) ?? takeTurn(&state.others) { return work }
            pthread_cond_wait(condition, mutex)
        }
        return nil
    }

    /// Whether nobody waits.
    var isEmpty: Bool { locked { $0.queries.isEmpty && $0.others.isEmpty } }

    private func takeTurn(_ requests: inout [EmbeddingRequest]) -> Work? {
        while !requests.isEmpty {
            let request = requests.removeFirst()
            guard let batch = request.nextBatch() else { continue }
            // To the back of the line: two documents being embedded advance together.
            if !request.batches.isEmpty { requests.append(request) }
            return .batch(request, batch)
        }
        return nil
    }

    /// Hands a batch's rows to its request.
    ///
    /// - Returns: what wakes the task when these were the last rows.
    func accept(_ rows: [[Float]], of request: EmbeddingRequest, for batch: [Int]) -> (() -> Void)? {
        locked { _ in request.accept(rows, for: batch) }
    }

    /// Ends a request; its remaining batches are not begun.
    func cancel(_ request: EmbeddingRequest) {
        locked { _ in
            request.finish(.failure(EmbeddingError(.cancelled, "The embedding was cancelled.")))
        }?()
    }

    /// Ends every request; threads in `next()` return.
    func stop() {
        let wakeUps = locked { state in
            let wakeUps = state.wakeUps
            let requests = state.queries + state.others
            state = State(isStopped: true)
            pthread_cond_broadcast(condition)
            return wakeUps + requests.compactMap { $0.finish(.failure(.shutDown)) }
        }
        for wakeUp in wakeUps { wakeUp() }
    }
}

extension EmbeddingError {
    static let shutDown = EmbeddingError(.cancelled, "The embedding engine was shut down.")
}
