import Glibc

/// Where waiting and the time of day come from, so that tests need neither.
public struct ProviderClock: Sendable {
    /// Seconds since 1 January 1970.
    public var now: @Sendable () -> Double
    /// Returns after so many seconds; throws when the task is cancelled.
    public var sleep: @Sendable (Double) async throws -> Void

    public static let system = ProviderClock(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        },
        sleep: { try await Task.sleep(for: .seconds($0)) })
}
