import Synchronization

/// Counts writes, for those who want to know whether something they read may have changed.
final class CommitCounter: Sendable {
    private let count = Atomic<UInt64>(0)

    var value: UInt64 { count.load(ordering: .acquiring) }

    func increment() { count.wrappingAdd(1, ordering: .releasing) }
}
