/// How many threads the pool has and should have: a value without threads, clock or I/O.
///
/// php-fpm's `dynamic` without its timer: grow the moment nobody is idle, shrink one by one as threads report that they
/// waited in vain. It packs into one word, so that two changes per request need no lock.
struct PoolSize: Equatable {
    struct Limits: Equatable {
        let minimum: Int
        let maximum: Int
    }

    enum Action: Equatable {
        case none
        /// Start one thread; it is already counted, as idle.
        case grow
        /// A saturation episode begins: say so once.
        case warnSaturated
        /// The thread that asked ends; it is no longer counted.
        case endThread
    }

    enum Event: Equatable {
        /// An idle thread took a connection.
        case becameBusy
        /// A thread finished its request.
        case becameIdle
        /// A thread waited for the idle timeout.
        case waitedInVain
        /// A thread that was counted could not be started.
        case failedToGrow
    }

    private(set) var threads: Int
    private(set) var idle: Int
    private(set) var isSaturated = false

    /// Begins with the minimum of threads, all idle.
    init(_ limits: Limits) {
        threads = limits.minimum
        idle = limits.minimum
    }

    mutating func handle(_ event: Event, _ limits: Limits) -> Action {
        switch event {
        case .becameBusy:
            idle -= 1
            if idle > 0 { return .none }
            if threads < limits.maximum {
                threads += 1
                idle += 1
                return .grow
            }
            if isSaturated { return .none }
            isSaturated = true
            return .warnSaturated
        case .becameIdle:
            idle += 1
            // With less than a quarter, load that hovers at the limit would start an episode with every request.
            if isSaturated, idle * 4 >= threads { isSaturated = false }
            return .none
        case .waitedInVain:
            // One stays idle, or the next request would start a thread again.
            guard threads > limits.minimum, idle > 1 else { return .none }
            threads -= 1
            idle -= 1
            return .endThread
        case .failedToGrow:
            threads -= 1
            idle -= 1
            return .none
        }
    }
}

/// Bits 0-30 idle threads, 31 the saturation mark, 32-62 threads.
extension PoolSize: RawRepresentable {
    init(rawValue: UInt64) {
        idle = Int(rawValue & 0x7FFF_FFFF)
        isSaturated = rawValue & 0x8000_0000 != 0
        threads = Int(rawValue >> 32)
    }

    var rawValue: UInt64 {
        UInt64(threads) << 32 | (isSaturated ? 0x8000_0000 : 0) | UInt64(idle)
    }
}
