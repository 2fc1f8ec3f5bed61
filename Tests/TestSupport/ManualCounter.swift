import Synchronization

/// A number that tests wait for.
public final class ManualCounter: Sendable {
    private struct State {
        var value = 0
        var waiters: [(target: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    public init() {}

    public func increment() {
        let ready = state.withLock { state in
            state.value += 1
            let ready = state.waiters.filter { $0.target <= state.value }
            state.waiters.removeAll { $0.target <= state.value }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    public var value: Int { state.withLock { $0.value } }

    /// Returns once the number is `target` or more.
    public func reaches(_ target: Int) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.value < target { state.waiters.append((target, continuation)) }
                return state.value >= target
            }
            if isReached { continuation.resume() }
        }
    }
}
