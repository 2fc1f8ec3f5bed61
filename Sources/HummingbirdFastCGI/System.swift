import CFastCGI
import Glibc

/// The system calls of this module, with their `EINTR` loops and Swift types.
enum System {
    static func message(for code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }

    /// Repeats `body` while a signal interrupts it.
    @discardableResult
    static func retrying(_ call: String, _ body: () -> Int32) throws(FastCGIError) -> Int32 {
        while true {
            let result = body()
            if result >= 0 { return result }
            let code = errno
            if code != EINTR { throw .system(call: call, code: code) }
        }
    }

    /// Whole milliseconds, rounded up, as `epoll_wait` takes them.
    static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        if seconds >= Int64(Int32.max) / 1000 { return Int32.max }
        return Int32(seconds) * 1000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    /// A close-on-exec, non-blocking event counter.
    static func makeEventDescriptor() throws(FastCGIError) -> Int32 {
        try retrying("eventfd") { eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK)) }
    }

    static func signal(_ eventDescriptor: Int32) {
        var one: UInt64 = 1
        // Fails only when the counter is at its maximum, which is a signal as well.
        _ = write(eventDescriptor, &one, MemoryLayout<UInt64>.size)
    }

    static func clear(_ eventDescriptor: Int32) {
        var count: UInt64 = 0
        _ = read(eventDescriptor, &count, MemoryLayout<UInt64>.size)
    }

    static func setNonBlocking(_ descriptor: Int32) throws(FastCGIError) {
        let flags = try retrying("fcntl") { fcntl(descriptor, F_GETFL) }
        try retrying("fcntl") { fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) }
    }

    /// Makes reads from a socket fail with `EAGAIN` when they have waited for `limit`; zero lets them wait for ever.
    static func setReadTimeout(_ descriptor: Int32, _ limit: Duration) {
        let whole = Int(milliseconds(limit))
        var value = timeval(tv_sec: whole / 1000, tv_usec: whole % 1000 * 1000)
        // Fails only for what is no socket, and there is none of that here.
        _ = setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &value, socklen_t(MemoryLayout<timeval>.size))
    }

    /// The events pending on `descriptor` now.
    static func pendingEvents(_ descriptor: Int32, _ interest: Int16) -> Int16 {
        var entry = pollfd(fd: descriptor, events: interest, revents: 0)
        return poll(&entry, 1, 0) > 0 ? entry.revents : 0
    }
}
