/// Waits until a burst of changes is over: a file that is being written changes many times.
public struct QuietPeriod: Sendable, Equatable {
    /// Nanoseconds without a change after which the burst is over.
    private let quiet: UInt64
    /// Nanoseconds after the first change at which it is taken for over in any case.
    private let longest: UInt64
    private var first: UInt64?
    private var last: UInt64 = 0

    public init(quiet: UInt64, longest: UInt64) {
        self.quiet = quiet
        self.longest = longest
    }

    /// - Parameter now: nanoseconds of any clock that does not go back.
    mutating func change(at now: UInt64) {
        if first == nil { first = now }
        last = now
    }

    /// When the burst will be over; nil when there is none.
    var deadline: UInt64? { first.map { min(last + quiet, $0 + longest) } }

    /// Whether a burst is over; it is told once.
    mutating func isOver(at now: UInt64) -> Bool {
        guard let deadline, now >= deadline else { return false }
        first = nil
        return true
    }
}
