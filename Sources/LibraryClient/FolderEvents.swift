import Dispatch
import Foundation
import Glibc

/// Tells when something has changed in folders, after each burst of changes; what has changed a scan finds out.
///
/// So nothing depends on the events being complete: one that the kernel dropped means a scan like any other.
public final class FolderEvents: Sendable {
    private let inotify: Int32
    /// A pipe: a byte in it ends the thread.
    private let (stop, stopWriter): (Int32, Int32)

    private static let mask =
        UInt32(
            IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF)
        | UInt32(IN_ONLYDIR)

    /// - Throws: ``LibraryClientError`` when the system gives no descriptor.
    public init() throws(LibraryClientError) {
        var ends: [Int32] = [-1, -1]
        inotify = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        let hasPipe = pipe(&ends) == 0
        (stop, stopWriter) = (ends[0], ends[1])
        for end in ends where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        guard inotify >= 0, hasPipe else {
            throw LibraryClientError(
                .unreadableFile,
                "Cannot watch folders: \(String(cString: strerror(errno))). Raise fs.inotify.max_user_instances.")
        }
    }

    deinit {
        close(inotify)
        close(stop)
        close(stopWriter)
    }

    /// Watches these folders too; one that is watched already, or is gone, changes nothing.
    ///
    /// - Throws: ``LibraryClientError`` when the system's limit is reached.
    public func watch(_ folders: [String]) throws(LibraryClientError) {
        for folder in folders where inotify_add_watch(inotify, folder, Self.mask) < 0 {
            if errno == ENOENT || errno == ENOTDIR { continue }
            let advice = errno == ENOSPC ? " Raise fs.inotify.max_user_watches (sysctl)." : ""
            throw LibraryClientError(
                .unreadableFile, "Cannot watch \(folder): \(String(cString: strerror(errno))).\(advice)")
        }
    }

    /// One element after each burst of changes; those that nobody has taken yet are one. To be called once.
    public func bursts(_ period: QuietPeriod) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let (inotify, stop, stopWriter) = (inotify, stop, stopWriter)
        // It lives until the stream ends, and keeps the descriptors open until then.
        let thread = Thread { [self] in
            Self.run(inotify, stop, period) { continuation.yield() }
            withExtendedLifetime(self) {}
        }
        continuation.onTermination = { _ in _ = write(stopWriter, [1], 1) }
        thread.name = "inotify"
        thread.start()
        return stream
    }

    private static func run(_ inotify: Int32, _ stop: Int32, _ period: QuietPeriod, _ tell: () -> Void) {
        var period = period
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            var watched = [
                pollfd(fd: inotify, events: Int16(POLLIN), revents: 0),
                pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
            ]
            poll(&watched, 2, timeout(until: period.deadline))
            if watched[1].revents != 0 { return }
            if watched[0].revents != 0 {
                let count = read(inotify, &buffer, buffer.count)
                let events = buffer.withUnsafeBytes {
                    InotifyBuffer.events(UnsafeRawBufferPointer(rebasing: $0[..<max(0, count)]))
                }
                if InotifyBuffer.matter(events) { period.change(at: now) }
            }
            if period.isOver(at: now) { tell() }
        }
    }

    private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

    /// Milliseconds to wait, rounded up; forever when nothing is pending.
    private static func timeout(until deadline: UInt64?) -> Int32 {
        guard let deadline else { return -1 }
        let now = now
        return deadline > now ? Int32(clamping: (deadline - now) / 1_000_000 + 1) : 0
    }
}
