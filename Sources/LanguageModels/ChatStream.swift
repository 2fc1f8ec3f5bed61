/// The events of a streamed answer, read once.
///
/// Ends after ``ChatStreamEvent/finished`` and the usage that may follow it. Cancelling the reading task, or dropping
/// the iterator or the unread sequence, releases what produces the events: the provider's connection is closed at
/// once.
public struct ChatStream: AsyncSequence, Sendable {
    public typealias Element = ChatStreamEvent
    public typealias Failure = LanguageModelError
    /// Gives the next event, or nil at the end; never called twice at once.
    typealias Producer = @Sendable () async throws(LanguageModelError) -> ChatStreamEvent?

    private let producer: Producer
    private let lease: Lease

    /// - Parameters:
    ///   - producer: called for each event until it gives nil or throws.
    ///   - onCancel: releases the producer's resources; called at least once, from any thread.
    init(producer: @escaping Producer, onCancel: @escaping @Sendable () -> Void = {}) {
        self.producer = producer
        lease = Lease(onEnd: onCancel)
    }

    /// A stream of events that are known already, for models that compute and for tests.
    ///
    /// - Parameter failure: thrown after the last event.
    init(events: some Sequence<ChatStreamEvent>, failure: LanguageModelError? = nil) {
        let remaining = EventQueue(events)
        self.init(producer: { () async throws(LanguageModelError) -> ChatStreamEvent? in
            if Task.isCancelled { throw .cancelled }
            if let event = remaining.next() { return event }
            if let failure { throw failure }
            return nil
        })
    }

    /// The same events with a failure in other words.
    func mappingFailure(
        _ change: @escaping @Sendable (LanguageModelError) -> LanguageModelError
    ) -> ChatStream {
        let (original, producer) = (lease, producer)
        return ChatStream(
            producer: { () async throws(LanguageModelError) -> ChatStreamEvent? in
                do throws(LanguageModelError) { return try await producer() } catch { throw change(error) }
            },
            // Holds the original until this stream has ended.
            onCancel: { original.onEnd() })
    }

    public func makeAsyncIterator() -> Iterator { Iterator(producer: producer, stream: lease) }

    public struct Iterator: AsyncIteratorProtocol {
        private let producer: Producer
        /// Keeps the producer alive while the sequence itself is gone.
        private let stream: Lease
        private let lease: Lease
        private var isAtEnd = false

        fileprivate init(producer: @escaping Producer, stream: Lease) {
            self.producer = producer
            self.stream = stream
            lease = Lease(onEnd: stream.onEnd)
        }

        public mutating func next() async throws(LanguageModelError) -> ChatStreamEvent? {
            try await next(isolation: nil)
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(LanguageModelError) -> ChatStreamEvent? {
            if isAtEnd { return nil }
            isAtEnd = true
            guard let event = try await producer() else { return nil }
            isAtEnd = false
            return event
        }
    }

    /// Calls its closure when the last reference goes.
    fileprivate final class Lease: Sendable {
        let onEnd: @Sendable () -> Void

        init(onEnd: @escaping @Sendable () -> Void) { self.onEnd = onEnd }

        deinit { onEnd() }
    }
}
