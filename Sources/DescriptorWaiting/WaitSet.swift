public import Glibc
import Synchronization

/// The waits of the tasks that run on one thread: when the thread has nothing else to do, it sleeps for them all.
///
/// A wait costs one `poll` then and no other thread; handing each event from a thread that watches to the one that
/// works would cost more than the work.
public final class WaitSet: Sendable {
    private let waits = Mutex<[DescriptorWait]>([])

    public init() {}

    func add(_ wait: DescriptorWait) { waits.withLock { $0.append(wait) } }

    /// Sleeps until something happens at one of the caller's descriptors or of the waits, or a deadline passes. Waits that
    /// ended are forgotten.
    ///
    /// - Parameter entries: of the caller; their `revents` are set, and those of the waits are put behind them.
    /// - Returns: ends the waits at which something happened, which makes their tasks runnable.
    public func sleep(_ entries: inout [pollfd]) -> () -> Void {
        let waits = waits.withLock { waits in
            waits.removeAll(where: \.isOver)
            return waits
        }
        var place = entries.count
        for wait in waits {
            for interest in wait.interests {
                entries.append(pollfd(fd: interest.descriptor, events: interest.events, revents: 0))
            }
        }
        _ = poll(&entries, nfds_t(entries.count), Self.timeout(waits.lazy.compactMap(\.deadline).min()))
        if waits.isEmpty { return {} }
        let now = MonotonicClock.now()
        var ended: [(DescriptorWait, [DescriptorInterest])] = []
        for wait in waits {
            let events = entries[place..<place + wait.interests.count].filter { $0.revents != 0 }
            place += wait.interests.count
            if !events.isEmpty || wait.deadline.map({ $0 <= now }) == true {
                ended.append((wait, events.map { DescriptorInterest($0.fd, $0.revents) }))
            }
        }
        return { for (wait, events) in ended { wait.end(events) } }
    }

    /// Lets another thread watch for what is left: the caller is about to do something else. A task of somebody else may
    /// have come to this thread by way of an actor and waited here.
    public func handOver() {
        let left = waits.withLock { waits in
            defer { waits = [] }
            return waits
        }
        for wait in left { wait.moveToPollingThread() }
    }

    /// Milliseconds until then, rounded up, as `poll` takes them.
    private static func timeout(_ deadline: UInt64?) -> Int32 {
        guard let deadline else { return -1 }
        let now = MonotonicClock.now()
        return deadline <= now ? 0 : Int32(min((deadline - now + 999_999) / 1_000_000, UInt64(Int32.max)))
    }
}

extension WaitSet {
    /// A key whose values are not released by anyone: the thread that binds a set keeps it.
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    /// Makes this the set of the calling thread, which must keep it and ``sleep(_:)`` with it as long as it runs tasks.
    public func bindToCurrentThread() {
        pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
    }

    static var ofCurrentThread: WaitSet? {
        pthread_getspecific(key).map { Unmanaged<WaitSet>.fromOpaque($0).takeUnretainedValue() }
    }
}
