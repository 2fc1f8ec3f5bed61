/// How long to wait before the next try while the server is away: twice as long each time, up to a minute.
public struct RetryPause: Sendable, Equatable {
    private var next = Duration.seconds(1)
    private static let longest = Duration.seconds(60)

    public init() {}

    /// The pause before the next try.
    public mutating func afterFailure() -> Duration {
        defer { next = min(next * 2, Self.longest) }
        return next
    }

    public mutating func afterSuccess() { self = RetryPause() }
}
