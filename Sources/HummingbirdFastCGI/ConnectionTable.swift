import Glibc
import Synchronization

/// All open connections. Its lock is taken when a connection begins and ends, never per request: with one lock per
/// request, threads of a loaded machine spent a quarter of their time waiting for it.
///
/// Every close goes through this table under its lock, so `shutDownAll` never meets a reused descriptor number.
final class ConnectionTable: Sendable {
    private struct State {
        var open: [ObjectIdentifier: Connection] = [:]
        /// Closed while a thread may just have been told of an event; kept, so that the event's pointer stays valid.
        var closed: [Connection] = []
    }

    private let state = Mutex(State())

    /// A new connection waits for its first request.
    func insert(_ connection: Connection) {
        state.withLock { $0.open[ObjectIdentifier(connection)] = connection }
    }

    /// Closes a connection that the caller has taken. `libraryHasClosed` when libfcgi has closed its duplicate.
    func close(_ connection: Connection, libraryHasClosed: Bool = false) {
        state.withLock { state in
            state.open[ObjectIdentifier(connection)] = nil
            if !libraryHasClosed { _ = Glibc.close(connection.libraryDescriptor) }
            _ = Glibc.close(connection.descriptor)
        }
    }

    /// Closes what waits without a request. Connections whose next request has already arrived stay, to be answered.
    func closeIdle() {
        closeWaiting { !$0.hasInput }
    }

    /// Ends every connection in both directions; blocked reads and writes of their threads return at once.
    func shutDownAll() {
        state.withLock { state in
            for connection in state.open.values { _ = shutdown(connection.descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// Closes what no thread has, with or without a request.
    func closeRemaining() {
        closeWaiting { _ in true }
    }

    private func closeWaiting(where isUnwanted: (Connection) -> Bool) {
        state.withLock { state in
            for (key, connection) in state.open where isUnwanted(connection) && connection.take() {
                _ = Glibc.close(connection.libraryDescriptor)
                _ = Glibc.close(connection.descriptor)
                state.open[key] = nil
                state.closed.append(connection)
            }
        }
    }
}
