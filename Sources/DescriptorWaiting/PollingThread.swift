import Glibc

/// Waits for tasks whose own thread cannot: jobs, commands, tests.
final class PollingThread: Sendable {
    static let shared = PollingThread()

    private let waits = WaitSet()
    /// A pipe; its end for reading is readable when the sleeping thread must look at its waits again.
    private let (wakeUp, bell): (Int32, Int32)

    private init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "There is no descriptor left for the thread that waits for connections.")
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (wakeUp, bell) = (ends[0], ends[1])
        // The thread inherits the mask: signals are for others.
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<PollingThread>.fromOpaque(argument).takeUnretainedValue().run() }
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        precondition(code == 0, "The thread that waits for connections cannot be started.")
        pthread_detach(thread)
    }

    func add(_ wait: DescriptorWait) {
        waits.add(wait)
        wake()
    }

    func wake() {
        var byte: UInt8 = 0
        // Fails only when the pipe is full, which wakes as well.
        _ = write(bell, &byte, 1)
    }

    private func run() {
        while true {
            var own = [pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0)]
            let resume = waits.sleep(&own)
            if own[0].revents != 0 {
                _ = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) {
                    read(wakeUp, $0.baseAddress, $0.count)
                }
            }
            resume()
        }
    }
}
