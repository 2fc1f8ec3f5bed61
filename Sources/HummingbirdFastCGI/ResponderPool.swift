import CFastCGI
import Glibc
import Logging
import Synchronization

/// The threads that answer requests, and the connections that wait for one.
///
/// All threads wait in `epoll_wait` on one epoll instance that holds the listening socket and every connection without
/// a request in progress. The kernel wakes one thread per event, the one that went idle last, so there is no thundering
/// herd, idle keep-alive connections cost no thread, and surplus threads are the ones that time out. Two designs
/// lost: libfcgi's own (a thread blocks in `read` on the connection it served last, so idle nginx connections can
/// occupy every thread), and one `poll` per thread on socket and connection (every idle thread wakes for each new
/// connection).
final class ResponderPool: Sendable {
    private enum Key {
        static let stop = UInt64.max
        static let listener = UInt64.max - 1
    }

    let handler: @Sendable (Exchange) async -> Void
    let scoreboard: Scoreboard
    let stage = PoolStage()
    let configuration: FastCGIServerConfiguration
    let listener: ListeningSocket
    let connections = ConnectionTable()
    let epoll: Int32
    let stopEvent: Int32
    private let limits: PoolSize.Limits
    /// A ``PoolSize``, packed.
    private let size: Atomic<UInt64>
    let members = Mutex(Members())
    private let acceptIsStalled = Atomic(false)

    struct Members {
        var threads: [ObjectIdentifier: ResponderThread] = [:]
        /// Resumed with true when the last thread has ended, with false when its time is up.
        var waiters: [Int: CheckedContinuation<Bool, Never>] = [:]
        var nextWaiter = 0
    }

    init(
        configuration: FastCGIServerConfiguration, listener: ListeningSocket, scoreboard: Scoreboard,
        handler: @escaping @Sendable (Exchange) async -> Void
    ) throws(FastCGIError) {
        self.configuration = configuration
        self.listener = listener
        self.scoreboard = scoreboard
        self.handler = handler
        limits = PoolSize.Limits(minimum: configuration.minThreads, maximum: configuration.maxThreads)
        size = Atomic(PoolSize(limits).rawValue)
        epoll = try System.retrying("epoll_create1") { epoll_create1(Int32(EPOLL_CLOEXEC)) }
        stopEvent = try System.makeEventDescriptor()
        try register(stopEvent, EPOLLIN.rawValue, key: Key.stop)
        // Edge-triggered, and whoever is woken accepts all: level-triggered would wake a thread per idle thread.
        try register(listener.descriptor, EPOLLIN.rawValue | EPOLLET.rawValue, key: Key.listener)
    }

    deinit {
        _ = Glibc.close(stopEvent)
        _ = Glibc.close(epoll)
    }

    /// Starts the threads that are always there.
    func start() throws(FastCGIError) {
        for _ in 0..<configuration.minThreads { try startThread() }
    }

    func startThread() throws(FastCGIError) {
        let thread = try ResponderThread(pool: self)
        members.withLock { $0.threads[ObjectIdentifier(thread)] = thread }
        do {
            try thread.start(stackSize: configuration.stackSize)
        } catch {
            members.withLock { _ = $0.threads.removeValue(forKey: ObjectIdentifier(thread)) }
            throw error
        }
    }

    // MARK: Connections

    /// Waits for a connection whose next request has arrived. `nil` tells the thread to end.
    func nextConnection() -> Connection? {
        var timeout = System.milliseconds(configuration.idleTimeout)
        while true {
            let isDraining = stage.current > .running
            // While draining the stop event is always ready, so two slots are needed to see anything beside it.
            var events = (epoll_event(), epoll_event())
            let count = withUnsafeMutableBytes(of: &events) { raw in
                epoll_wait(
                    epoll, raw.bindMemory(to: epoll_event.self).baseAddress, isDraining ? 2 : 1,
                    isDraining ? 0 : timeout)
            }
            var found: Connection?
            if count > 0 { found = handle(events.0, found) }
            if count > 1 { found = handle(events.1, found) }
            if let found { return found }
            let sawOnlyStop = count <= 0 || (count == 1 && events.0.data.u64 == Key.stop)
            if isDraining, sawOnlyStop { return nil }
            if count == 0 {
                if changeSize(.waitedInVain) == .endThread { return nil }
                // Wanted: wait without waking an idle process. Threads beside this one still time out.
                timeout = -1
            }
        }
    }

    /// Takes one event; returns the connection to serve, `found` if there is one already.
    private func handle(_ event: epoll_event, _ found: Connection?) -> Connection? {
        switch event.data.u64 {
        case Key.stop: return found
        case Key.listener:
            acceptAll()
            return found
        case let key:
            guard let connection = Self.connection(for: key) else { return found }
            if found != nil {
                rearm(connection)
                return found
            }
            guard connection.take() else { return nil }
            if event.events & EPOLLHUP.rawValue == 0 { return connection }
            close(connection)
            return nil
        }
    }

    /// Accepts until nobody waits. The connections join the epoll instance; any thread may serve them.
    func acceptAll() {
        while stage.current == .running {
            let descriptor = fcgi_shim_accept(listener.descriptor)
            if descriptor < 0 {
                let code = errno
                if code == EINTR || code == ECONNABORTED { continue }
                if code != EAGAIN { acceptFailed(code) }
                return
            }
            let duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
            if duplicate < 0 {
                let code = errno
                _ = Glibc.close(descriptor)
                acceptFailed(code)
                return
            }
            if listener.isTCP {
                var on: Int32 = 1
                _ = setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
            }
            let connection = Connection(descriptor: descriptor, libraryDescriptor: duplicate)
            connections.insert(connection)
            do {
                try register(descriptor, Self.connectionEvents, key: Self.key(of: connection))
            } catch {
                if connection.take() { close(connection) }
                configuration.logger.error("cannot watch a connection", metadata: ["fastcgi.error": "\(error)"])
            }
        }
    }

    private static let connectionEvents = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLONESHOT.rawValue

    /// Out of descriptors or memory. The edge is spent, so the next close looks at the queue again.
    private func acceptFailed(_ code: Int32) {
        if acceptIsStalled.exchange(true, ordering: .relaxed) { return }
        configuration.logger.error(
            "cannot accept connections until others end; raise the limit of open files (LimitNOFILE, ulimit -n)",
            metadata: ["fastcgi.error": "\(System.message(for: code))"])
    }

    /// The connection waits for its next request.
    func park(_ connection: Connection) {
        connection.release()
        if stage.current == .running {
            rearm(connection)
        } else if connection.take() {
            // Not taken: the drain was first, and closes it.
            close(connection)
        }
    }

    func close(_ connection: Connection, libraryHasClosed: Bool = false) {
        connections.close(connection, libraryHasClosed: libraryHasClosed)
        if acceptIsStalled.exchange(false, ordering: .relaxed) {
            modify(listener.descriptor, EPOLLIN.rawValue | EPOLLET.rawValue, key: Key.listener)
        }
    }

    /// From here on another thread may take the connection, and even close it.
    private func rearm(_ connection: Connection) {
        modify(connection.descriptor, Self.connectionEvents, key: Self.key(of: connection))
    }

    /// The key of a connection's events is its address. The table keeps the object alive as long as an event can be
    /// on its way: events are one-shot, and a connection that is closed while it waits stays in memory.
    private static func key(of connection: Connection) -> UInt64 {
        UInt64(UInt(bitPattern: Unmanaged.passUnretained(connection).toOpaque()))
    }

    private static func connection(for key: UInt64) -> Connection? {
        UnsafeRawPointer(bitPattern: UInt(key)).map { Unmanaged.fromOpaque($0).takeUnretainedValue() }
    }

    // MARK: Size

    /// Tells the size of an event, and returns what follows from it.
    func changeSize(_ event: PoolSize.Event) -> PoolSize.Action {
        var old = size.load(ordering: .relaxed)
        while true {
            var new = PoolSize(rawValue: old)
            let action = new.handle(event, limits)
            let (exchanged, current) = size.weakCompareExchange(
                expected: old, desired: new.rawValue, ordering: .acquiringAndReleasing)
            if exchanged { return action }
            old = current
        }
    }

    private func register(_ descriptor: Int32, _ events: UInt32, key: UInt64) throws(FastCGIError) {
        var event = epoll_event(events: events, data: epoll_data_t(u64: key))
        try System.retrying("epoll_ctl") { epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) }
    }

    /// Cannot fail for a registered descriptor; one that was closed meanwhile needs no event.
    private func modify(_ descriptor: Int32, _ events: UInt32, key: UInt64) {
        var event = epoll_event(events: events, data: epoll_data_t(u64: key))
        _ = epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event)
    }
}
