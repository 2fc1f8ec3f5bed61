import CFastCGI
import Glibc
import Logging
import Synchronization

/// Growth, saturation and the stop of a pool.
extension ResponderPool {
    // MARK: Size

    /// A thread takes a connection; another is started when it was the last idle one.
    func becameBusy() {
        switch changeSize(.becameBusy) {
        case .none, .endThread: break
        case .grow: grow()
        case .warnSaturated: warnSaturated()
        }
    }

    func becameIdle() {
        _ = changeSize(.becameIdle)
    }

    private func grow() {
        guard stage.current == .running else {
            _ = changeSize(.failedToGrow)
            return
        }
        do {
            try startThread()
        } catch {
            _ = changeSize(.failedToGrow)
            configuration.logger.error("cannot start a thread", metadata: ["fastcgi.error": "\(error)"])
        }
    }

    private func warnSaturated() {
        scoreboard.maxThreadsReached.wrappingAdd(1, ordering: .relaxed)
        configuration.logger.warning(
            "every FastCGI thread is busy and the limit is reached; requests wait; consider raising it",
            metadata: [
                "fastcgi.setting": "\(configuration.maxThreadsName)", "fastcgi.value": "\(configuration.maxThreads)",
            ])
    }

    // MARK: Stop

    /// Stops accepting. What has been accepted is answered; idle threads end. The queue of a socket of our own is
    /// emptied first, because it ends with us; an inherited one waits for the next process.
    func beginDrain() {
        if listener.address != .inherited { acceptAll() }
        stage.advance(to: .draining)
        _ = epoll_ctl(epoll, EPOLL_CTL_DEL, listener.descriptor, nil)
        if listener.address != .inherited { _ = shutdown(listener.descriptor, Int32(SHUT_RDWR)) }
        connections.closeIdle()
        System.signal(stopEvent)
    }

    /// Asks streams to end; their handlers see cancellation and may write a last event.
    func cancelStreams() {
        stage.advance(to: .cancellingStreams)
        wakeThreads()
    }

    /// Ends every connection and cancels every handler.
    func shutDown() {
        stage.advance(to: .shutDown)
        connections.shutDownAll()
        wakeThreads()
    }

    private func wakeThreads() {
        let threads = members.withLock { Array($0.threads.values) }
        for thread in threads { thread.wake() }
    }

    func threadEnded(_ thread: ResponderThread) {
        let waiters = members.withLock { members in
            members.threads[ObjectIdentifier(thread)] = nil
            guard members.threads.isEmpty else { return [CheckedContinuation<Bool, Never>]() }
            defer { members.waiters = [:] }
            return Array(members.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: true) }
    }

    /// Waits until every thread has ended, at most `limit`. Does not stop waiting when its task is cancelled.
    /// - Returns: whether they all have.
    func allThreadsEnd(within limit: Duration) async -> Bool {
        await withCheckedContinuation { continuation in
            let id = members.withLock { members -> Int? in
                guard !members.threads.isEmpty else { return nil }
                members.nextWaiter += 1
                members.waiters[members.nextWaiter] = continuation
                return members.nextWaiter
            }
            guard let id else { return continuation.resume(returning: true) }
            Task { [self] in
                // Nobody cancels this task, so the sleep cannot throw.
                try? await Task.sleep(for: limit)
                members.withLock { $0.waiters.removeValue(forKey: id) }?.resume(returning: false)
            }
        }
    }

    var threadCount: Int { members.withLock { $0.threads.count } }
}
