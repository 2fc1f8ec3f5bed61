import Glibc
import Synchronization

/// The task executor of one responder thread: jobs run on the thread that accepted the request, and nowhere else.
///
/// While the thread has no request it does not look at its queue; a job that arrives then (the runtime may still
/// deliver an actor's turn) goes to the global executor instead of waiting for the next request.
final class RunLoopExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        /// Between `activate` and a successful `deactivate`.
        var isActive = false
        /// The thread sleeps in `poll`, or is about to.
        var isWaiting = false
    }

    private let state = Mutex(State())
    /// `pthread_t` of the thread; 0 before it runs.
    private let owner = Atomic<UInt>(0)
    /// Readable when the sleeping thread must look at its queue.
    let wakeUp: Int32

    init() throws(FastCGIError) {
        wakeUp = try System.makeEventDescriptor()
    }

    deinit {
        _ = close(wakeUp)
    }

    /// Makes the calling thread the one that runs jobs.
    func bindToCurrentThread() {
        owner.store(UInt(pthread_self()), ordering: .relaxed)
    }

    var isCurrent: Bool {
        owner.load(ordering: .relaxed) == UInt(pthread_self())
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let (isActive, mustWake) = state.withLock { state in
            guard state.isActive else { return (false, false) }
            state.jobs.append(job)
            defer { state.isWaiting = false }
            return (true, state.isWaiting)
        }
        if !isActive {
            globalConcurrentExecutor.enqueue(job)
        } else if mustWake {
            System.signal(wakeUp)
        }
    }

    func activate() {
        state.withLock { $0.isActive = true }
    }

    /// Stops taking jobs. False while there are jobs to run first.
    func deactivate() -> Bool {
        state.withLock { state in
            guard state.jobs.isEmpty else { return false }
            state.isActive = false
            return true
        }
    }

    /// Runs what is queued, and what that queues, until nothing is left.
    func runPendingJobs() {
        var batch: [UnownedJob] = []
        while true {
            batch.removeAll(keepingCapacity: true)
            state.withLock { swap(&$0.jobs, &batch) }
            if batch.isEmpty { return }
            for job in batch { job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
    }

    /// True when the queue is empty: then the next job signals `wakeUp`, and the caller must sleep and call `didWait`.
    func willWait() -> Bool {
        state.withLock { state in
            state.isWaiting = state.jobs.isEmpty
            return state.isWaiting
        }
    }

    func didWait(wasSignalled: Bool) {
        state.withLock { $0.isWaiting = false }
        if wasSignalled { System.clear(wakeUp) }
    }
}
