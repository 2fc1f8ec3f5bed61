import Synchronization

/// One wait of one task for descriptors, ended by whichever comes first: an event, the deadline, ``interrupt()`` or the
/// task's cancellation.
public final class DescriptorWait: Sendable {
    private enum State {
        case ready
        /// `watcher` is nil when the task's own thread sleeps for it; resuming the task wakes that thread.
        case waiting(CheckedContinuation<[DescriptorInterest], Never>, watcher: PollingThread?)
        case over
    }

    let interests: [DescriptorInterest]
    /// Nanoseconds of ``MonotonicClock``; nil: never.
    let deadline: UInt64?
    private let state = Mutex(State.ready)

    public init(_ interests: [DescriptorInterest], until deadline: UInt64?) {
        self.interests = interests
        self.deadline = deadline
    }

    /// Suspends the task. It sleeps together with the calling thread where that thread has a ``WaitSet`` bound, as
    /// threads that serve requests have; otherwise one thread watches for all such tasks.
    ///
    /// - Returns: what happened at the descriptors; empty when the wait ended for another reason.
    public func events() async -> [DescriptorInterest] {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let set = WaitSet.ofCurrentThread
                let isOver = state.withLock { state in
                    if case .over = state { return true }
                    state = .waiting(continuation, watcher: set == nil ? .shared : nil)
                    return false
                }
                if isOver { return continuation.resume(returning: []) }
                if let set { set.add(self) } else { PollingThread.shared.add(self) }
            }
        } onCancel: {
            interrupt()
        }
    }

    /// Ends the wait; what is waited for later with this object ends at once.
    public func interrupt() { end([])?.wake() }

    /// Makes sure that the thread exists which watches for tasks whose own thread cannot; called once at the start, while
    /// there are descriptors and threads to be had.
    public static func prepare() { _ = PollingThread.shared }

    /// The thread that slept for this wait will not do so any more.
    func moveToPollingThread() {
        let moves = state.withLock { state in
            guard case .waiting(let continuation, _) = state else { return false }
            state = .waiting(continuation, watcher: .shared)
            return true
        }
        if moves { PollingThread.shared.add(self) }
    }

    var isOver: Bool {
        state.withLock { state in
            if case .over = state { return true }
            return false
        }
    }

    /// - Returns: the other thread that still sleeps for this wait.
    @discardableResult
    func end(_ events: [DescriptorInterest]) -> PollingThread? {
        let before = state.withLock { state in
            defer { state = .over }
            return state
        }
        guard case .waiting(let continuation, let watcher) = before else { return nil }
        continuation.resume(returning: events)
        return watcher
    }
}
