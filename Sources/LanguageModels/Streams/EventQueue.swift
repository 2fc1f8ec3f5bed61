import Synchronization

/// Events that are known in advance, handed out one by one.
final class EventQueue: Sendable {
    private let remaining: Mutex<ArraySlice<ChatStreamEvent>>

    init(_ events: some Sequence<ChatStreamEvent>) {
        remaining = Mutex(Array(events)[...])
    }

    func next() -> ChatStreamEvent? {
        remaining.withLock { $0.popFirst() }
    }
}
