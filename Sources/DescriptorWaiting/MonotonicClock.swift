import Glibc

/// The clock of the deadlines.
public enum MonotonicClock {
    /// Nanoseconds since some point in the past.
    public static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// The time in that while.
    public static func now(adding time: Duration) -> UInt64 {
        let (seconds, attoseconds) = time.components
        guard seconds >= 0 else { return now() }
        return now() + UInt64(min(seconds, 1 << 32)) * 1_000_000_000 + UInt64(max(0, attoseconds) / 1_000_000_000)
    }
}
