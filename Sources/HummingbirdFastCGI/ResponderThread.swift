import CFastCGI
import DescriptorWaiting
import Glibc
import Synchronization

/// One thread of the pool: takes a connection that has something to say, reads the request, runs the handler's jobs
/// until it has answered, and gives the connection back.
///
/// @unchecked Sendable: `request` is used on the thread itself only; everything else is immutable and Sendable.
final class ResponderThread: @unchecked Sendable {
    private let pool: ResponderPool
    private let executor: RunLoopExecutor
    private let slot: Scoreboard.Slot
    /// What the handler's tasks wait for beside their jobs.
    private let waits = WaitSet()
    private let request = UnsafeMutablePointer<FCGX_Request>.allocate(capacity: 1)

    init(pool: ResponderPool) throws(FastCGIError) {
        executor = try RunLoopExecutor()
        self.pool = pool
        slot = pool.scoreboard.makeSlot()
        // Socket -1: libfcgi must never accept. When a request is malformed it closes the connection, tries to
        // accept the next one, fails at once, and returns.
        FCGX_InitRequest(request, -1, 0)
    }

    deinit {
        request.deallocate()
    }

    /// Starts the thread; it ends by itself when the pool tells it to.
    func start(stackSize: Int) throws(FastCGIError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackSize)
        // The thread inherits the mask: a signal must not interrupt libfcgi's reads and writes.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread = pthread_t()
        let box = Unmanaged.passRetained(self)
        let code = pthread_create(&thread, &attributes, responderThreadMain, box.toOpaque())
        if code != 0 {
            box.release()
            pool.scoreboard.remove(slot)
            throw .system(call: "pthread_create", code: code)
        }
    }

    /// Makes a waiting thread look at the pool's stage.
    func wake() {
        System.signal(executor.wakeUp)
    }

    fileprivate func main() {
        fcgi_shim_name_thread("fcgi-responder")
        executor.bindToCurrentThread()
        waits.bindToCurrentThread()
        while let connection = pool.nextConnection() { serve(connection) }
        pool.scoreboard.remove(slot)
        pool.threadEnded(self)
    }

    private func serve(_ connection: Connection) {
        slot.startedAt.store(MonotonicClock.now(), ordering: .relaxed)
        slot.enter(.reading)
        pool.becameBusy()
        request.pointee.ipcFd = connection.libraryDescriptor
        // As after a keep-alive request, so that FCGX_Accept_r reads the next one instead of closing.
        request.pointee.keepConnection = 1
        // Closing libfcgi's duplicate must not wait for the peer; `Exchange.end` does what is needed.
        FCGX_Detach(request)
        if FCGX_Accept_r(request) == 0 {
            let keepsConnection = answer(connection)
            request.pointee.ipcFd = -1
            pool.becameIdle()
            slot.enter(.idle)
            if keepsConnection { pool.park(connection) } else { pool.close(connection) }
        } else {
            request.pointee.ipcFd = -1
            pool.close(connection, libraryHasClosed: true)
            pool.becameIdle()
            slot.enter(.idle)
        }
    }

    /// Runs the handler to its end. Returns whether the connection can carry another request.
    private func answer(_ connection: Connection) -> Bool {
        let exchange = Exchange(
            request: request, connection: connection, executor: executor, slot: slot, stage: pool.stage)
        slot.enter(.handling)
        pool.scoreboard.accepted.wrappingAdd(1, ordering: .relaxed)
        executor.activate()
        exchange.task = Task(executorPreference: executor) { [handler = pool.handler] in
            await handler(exchange)
            exchange.complete()
        }
        repeat {
            executor.runPendingJobs()
            while !exchange.isComplete {
                wait(exchange, connection)
                executor.runPendingJobs()
            }
        } while !executor.deactivate()
        waits.handOver()
        return exchange.end()
    }

    /// Sleeps until there is a job, what a task waits for happens, the client of a stream or of work that is for it alone
    /// hangs up, or the pool's stage changes.
    private func wait(_ exchange: Exchange, _ connection: Connection) {
        exchange.prepareToWait()
        exchange.noteStage()
        guard executor.willWait() else { return }
        var entries = [pollfd(fd: executor.wakeUp, events: Int16(POLLIN), revents: 0)]
        let watchesHangUp = exchange.watchesHangUp
        if watchesHangUp {
            entries.append(pollfd(fd: connection.descriptor, events: exchange.hangUpInterest, revents: 0))
        }
        let resume = waits.sleep(&entries)
        executor.didWait(wasSignalled: entries[0].revents != 0)
        if watchesHangUp, entries[1].revents != 0 { exchange.noteConnectionEvents(entries[1].revents) }
        resume()
    }
}

private func responderThreadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<ResponderThread>.fromOpaque(argument).takeRetainedValue().main()
    return nil
}
