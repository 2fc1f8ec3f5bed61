import Synchronization

/// Numbers that several threads take in portions.
final class SharedCounter: Sendable {
    private let next: Atomic<Int>

    init(_ first: Int) { next = Atomic(first) }

    /// - Returns: the next `count` numbers below `end`, fewer at the end, nil behind it.
    func take(_ count: Int, below end: Int) -> Range<Int>? {
        let first = next.wrappingAdd(count, ordering: .relaxed).oldValue
        return first < end ? first..<min(end, first + count) : nil
    }
}
