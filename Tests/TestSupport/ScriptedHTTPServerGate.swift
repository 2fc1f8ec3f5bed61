import Glibc
import Synchronization

/// A gate that is opened once: test and server thread tell each other that something has happened.
///
/// Behind it is a pipe that is never read, so that a server thread can wait for it and for its client in one `poll`.
public final class ScriptedHTTPServerGate: Sendable {
    private struct State {
        var isOpen = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// Readable once the gate is open; -1 when there was no descriptor left.
    let descriptor: Int32
    private let writeEnd: Int32
    private let state = Mutex(State())

    public init() {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        descriptor = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(descriptor)
        close(writeEnd)
    }

    public func open() {
        let waiters = state.withLock { state in
            if !state.isOpen { _ = write(writeEnd, [1], 1) }
            state.isOpen = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    public var isOpen: Bool { state.withLock { $0.isOpen } }

    /// Returns when the gate is open.
    public func opened() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiters.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
