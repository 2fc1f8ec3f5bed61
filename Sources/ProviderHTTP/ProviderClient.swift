import Synchronization

/// Connections to providers. An exchange runs on the thread of the task that reads it: no other thread touches its
/// bytes, so none has to be woken for them.
///
/// libcurl speaks HTTP/1.1 and TLS. As many connections are open as there are exchanges; one that is over is kept for a
/// while. Redirects are not followed, because a prompt must not wander to another host.
public final class ProviderClient: Sendable {
    /// How long a connection is kept without being used.
    private static let idleTime: Duration = .seconds(30)
    /// Idle connections kept for each origin.
    private static let idleLimit = 64

    private struct State {
        /// By origin, the one used last at the end.
        var idle: [Substring: [Idle]] = [:]
        var isSweeping = false
        var isShutDown = false
    }

    private struct Idle {
        var connection: CurlConnection
        var since: ContinuousClock.Instant
    }

    private let state = Mutex(State())

    public init() {}

    /// Closes the connections that are not used; those in use close when their exchange ends.
    public func shutDown() {
        let idle = state.withLock { state in
            state.isShutDown = true
            defer { state.idle = [:] }
            return state.idle
        }
        withExtendedLifetime(idle) {}
    }

    /// Connections that are open and not used.
    var idleConnections: Int { state.withLock { $0.idle.values.map(\.count).reduce(0, +) } }

    /// The warmest idle connection, or a new one.
    func connection(for origin: Substring) throws(HTTPFailure) -> CurlConnection {
        let limit = ContinuousClock.now - Self.idleTime
        let warmest = state.withLock { $0.idle[origin]?.popLast() }
        if let warmest, warmest.since > limit { return warmest.connection }
        return try CurlConnection()
    }

    /// Takes a connection back whose exchange came to its end.
    func keep(_ connection: CurlConnection, for origin: Substring) {
        let mustSweep = state.withLock { state in
            guard !state.isShutDown, state.idle[origin, default: []].count < Self.idleLimit else { return false }
            state.idle[origin, default: []].append(Idle(connection: connection, since: .now))
            defer { state.isSweeping = true }
            return !state.isSweeping
        }
        // Detached: it outlives the request, and must not hold what belongs to that.
        if mustSweep { Task.detached { await self.sweep() } }
    }

    /// Closes connections that nobody used for a while, until there are none.
    private func sweep() async {
        var isDone = false
        while !isDone {
            // Sleeping is not cancelled: nobody holds this task.
            try? await Task.sleep(for: Self.idleTime)
            let limit = ContinuousClock.now - Self.idleTime
            let (old, isEmpty) = state.withLock { state in
                let old = state.idle.values.flatMap { $0.filter { $0.since <= limit } }
                state.idle = state.idle.mapValues { $0.filter { $0.since > limit } }.filter { !$0.value.isEmpty }
                state.isSweeping = !state.idle.isEmpty
                return (old, state.idle.isEmpty)
            }
            withExtendedLifetime(old) {}
            isDone = isEmpty
        }
    }
}
