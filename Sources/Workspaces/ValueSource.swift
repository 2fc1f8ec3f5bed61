public import Foundation

/// Where times, ids and random numbers come from; tests put their own in.
public struct ValueSource: Sendable {
    /// Milliseconds since 1970, UTC.
    public var now: @Sendable () -> Int64
    /// A version 4 UUID in lower case (RFC 9562).
    public var uuid: @Sendable () -> String
    /// A number of the range.
    public var random: @Sendable (ClosedRange<Int>) -> Int
    /// The zone of dates in prompts and documents.
    public var timeZone: TimeZone

    public init(
        now: @escaping @Sendable () -> Int64, uuid: @escaping @Sendable () -> String,
        random: @escaping @Sendable (ClosedRange<Int>) -> Int, timeZone: TimeZone
    ) {
        self.now = now
        self.uuid = uuid
        self.random = random
        self.timeZone = timeZone
    }

    /// The machine's clock, zone and random numbers.
    public static var system: ValueSource {
        ValueSource(
            now: { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) },
            uuid: { RandomUUID.text() },
            random: { Int.random(in: $0) },
            timeZone: .current)
    }
}
