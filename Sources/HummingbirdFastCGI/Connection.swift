import Glibc
import Synchronization

/// One accepted connection.
///
/// libfcgi gets a duplicate descriptor, because it closes what it is given as soon as a request is malformed. Our own
/// keeps the connection's identity: as long as it is open its number cannot be reused, so that another thread may shut
/// the connection down at any moment without hitting a stranger.
final class Connection: Sendable {
    private enum Holder {
        /// Waits for its next request; the epoll instance reports it.
        static let nobody: UInt8 = 0
        /// One thread serves it, or is closing it.
        static let thread: UInt8 = 1
    }

    let descriptor: Int32
    let libraryDescriptor: Int32
    private let holder = Atomic(Holder.nobody)

    init(descriptor: Int32, libraryDescriptor: Int32) {
        self.descriptor = descriptor
        self.libraryDescriptor = libraryDescriptor
    }

    /// Whether the caller is now the connection's only user.
    func take() -> Bool {
        holder.compareExchange(
            expected: Holder.nobody, desired: Holder.thread, ordering: .sequentiallyConsistent
        ).exchanged
    }

    /// Lets the connection wait for its next request.
    func release() {
        holder.store(Holder.nobody, ordering: .sequentiallyConsistent)
    }

    /// Whether the peer has sent something that nobody has read.
    var hasInput: Bool {
        System.pendingEvents(descriptor, Int16(POLLIN)) & Int16(POLLIN) != 0
    }
}
