import Glibc

/// Waits for tasks whose own thread cannot: jobs, commands, tests.
final class PollingThread: Sendable {
    static let shared = PollingThread()

    private let waits = WaitSet()
    /// A pipe; its end for reading is readable when the sleeping thread must look at its waits again.
    private let (wakeUp, bell): (Int32, Int32)

    private init() {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (wakeUp, bell) = (ends[0], ends[1])
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<PollingThread>.fromOpaque(argument).takeUnretainedValue().run() }
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
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
