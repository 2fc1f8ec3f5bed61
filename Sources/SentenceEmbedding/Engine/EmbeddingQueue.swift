import Glibc

/// What the worker threads take their work from: queries before rankings in the foreground, batches of the bulk requests
/// in turn in the background.
///
/// This is the one place where threads and tasks meet. Workers sleep on condition variables, which need a pthread
/// mutex beside them; tasks are resumed outside the lock.
final class EmbeddingQueue: Sendable {
    struct Work {
        let request: EmbeddingRequest
        let batch: [Int]
    }

    /// Which work a thread takes.
    enum Ground: Sendable {
        /// Someone waits: queries and rankings.
        case foreground
        case background
    }

    /// nonisolated(unsafe): the conditions and `state` are used only while `mutex` is held.
    nonisolated(unsafe) private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    nonisolated(unsafe) private let foreground = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    nonisolated(unsafe) private let background = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    nonisolated(unsafe) private var state = State()

    private struct State {
        var queries: [EmbeddingRequest] = []
        var rankings: [EmbeddingRequest] = []
        var bulk: [EmbeddingRequest] = []
        var isStopped = false
    }

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(foreground, nil)
        pthread_cond_init(background, nil)
    }

    deinit {
        pthread_cond_destroy(foreground)
        pthread_cond_destroy(background)
        pthread_mutex_destroy(mutex)
        foreground.deallocate()
        background.deallocate()
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
                pthread_cond_signal(foreground)
            case .ranking:
                state.rankings.append(request)
                pthread_cond_broadcast(foreground)
            case .bulk:
                state.bulk.append(request)
                pthread_cond_broadcast(background)
            }
            return nil
        }
        refusal?()
    }

    /// Waits for work; nil means that the queue was stopped and the thread should end.
    func next(in ground: Ground) -> Work? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !state.isStopped {
            switch ground {
            case .foreground:
                if let work = takeTurn(&state.queries) ?? takeTurn(&state.rankings) { return work }
                pthread_cond_wait(foreground, mutex)
            case .background:
                if let work = takeTurn(&state.bulk) { return work }
                pthread_cond_wait(background, mutex)
            }
        }
        return nil
    }

    /// Whether nobody waits.
    var isEmpty: Bool { locked { $0.queries.isEmpty && $0.rankings.isEmpty && $0.bulk.isEmpty } }

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
            pthread_cond_broadcast(foreground)
            pthread_cond_broadcast(background)
            return requests.compactMap { $0.finish(.failure(.shutDown)) }
        }
        for resume in resumptions { resume() }
    }
}

extension EmbeddingError {
    static let shutDown = EmbeddingError(.cancelled, "The embedding engine was shut down.")
}
