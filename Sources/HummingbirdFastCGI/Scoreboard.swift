import DescriptorWaiting
import Synchronization

/// Counters of a running ``FastCGIServer``, cheap enough to be always on. Copy first, render the copy.
public final class Scoreboard: Sendable {
    /// What one thread does.
    enum Activity: UInt8 {
        /// Waits for a connection with something to read.
        case idle
        /// Reads a request's parameters.
        case reading
        /// Runs a handler whose response is not, or not yet, an event stream.
        case handling
        /// Runs a handler that writes an event stream.
        case streaming
    }

    /// One thread's line. Written by its thread only, read by anyone.
    final class Slot: Sendable {
        let activity = Atomic(Activity.idle.rawValue)
        /// Monotonic clock in nanoseconds at the beginning of the running request.
        let startedAt = Atomic<UInt64>(0)

        func enter(_ new: Activity) {
            activity.store(new.rawValue, ordering: .relaxed)
        }
    }

    /// The counters at one moment.
    public struct Snapshot: Sendable, Equatable {
        /// Threads that wait for work.
        public var idle = 0
        /// Threads that read a request's parameters.
        public var reading = 0
        /// Threads in a handler that does not stream.
        public var handling = 0
        /// Threads in a handler that writes an event stream.
        public var streaming = 0
        /// Requests whose parameters have been read, since the start.
        public var accepted = 0
        /// How often the pool became saturated: `maxThreads` threads and none idle.
        public var maxThreadsReached = 0
        /// Age of the oldest request in flight; zero when there is none.
        public var longestRunning: Duration = .zero

        /// Requests being answered.
        public var inFlight: Int { handling + streaming }
        /// All threads of the pool.
        public var threads: Int { idle + reading + handling + streaming }

        public init() {}
    }

    private let slots = Mutex<[ObjectIdentifier: Slot]>([:])
    let accepted = Atomic<Int>(0)
    let maxThreadsReached = Atomic<Int>(0)

    init() {}

    func makeSlot() -> Slot {
        let slot = Slot()
        slots.withLock { $0[ObjectIdentifier(slot)] = slot }
        return slot
    }

    func remove(_ slot: Slot) {
        slots.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(slot)) }
    }

    /// - Complexity: O(threads).
    public func snapshot() -> Snapshot {
        let current = slots.withLock { Array($0.values) }
        let now = MonotonicClock.now()
        var result = Snapshot()
        result.accepted = accepted.load(ordering: .relaxed)
        result.maxThreadsReached = maxThreadsReached.load(ordering: .relaxed)
        for slot in current {
            switch Activity(rawValue: slot.activity.load(ordering: .relaxed)) {
            case .reading: result.reading += 1
            case .handling: result.handling += 1
            case .streaming: result.streaming += 1
            case .idle, nil:
                result.idle += 1
                continue
            }
            let started = slot.startedAt.load(ordering: .relaxed)
            if now > started {
                result.longestRunning = max(result.longestRunning, .nanoseconds(now - started))
            }
        }
        return result
    }
}
