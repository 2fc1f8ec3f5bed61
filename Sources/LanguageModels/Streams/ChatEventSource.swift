import NIOCore
import Synchronization

/// Reads a streamed answer from an exchange through a framing and a wire form's reader, one answer event at a time.
///
/// ``next()`` is called by one task at a time; the lock is for the release, which may come from any thread, and is
/// never held while waiting.
final class ChatEventSource<Framing: StreamFraming, Reader: ChatEventReader>: Sendable
where Framing.Frame == Reader.Frame {
    fileprivate struct State {
        var framing: Framing
        var reader: Reader
        var ready: ArraySlice<ChatStreamEvent> = []
        /// A frame has been read.
        var hasBegun = false
        /// Thrown after the ready events.
        var failure: LanguageModelError?
        var isAtEnd = false
    }

    private let exchange: ProviderExchange
    private let state: Mutex<State>

    init(exchange: ProviderExchange, framing: Framing, reader: Reader) {
        self.exchange = exchange
        state = Mutex(State(framing: framing, reader: reader))
    }

    /// The stream of events; when it is dropped the connection is closed, or kept if the answer was complete.
    var turn: ToolTurn {
        let stream = ChatStream(
            producer: { () async throws(LanguageModelError) -> ChatStreamEvent? in try await self.next() },
            onCancel: { self.release() })
        return ToolTurn(events: stream, calls: { self.state.withLock { $0.reader.toolCalls } })
    }

    private func next() async throws(LanguageModelError) -> ChatStreamEvent? {
        while true {
            if Task.isCancelled {
                exchange.cancel()
                throw .cancelled
            }
            let (event, failure, isAtEnd) = state.withLock { state in
                (state.ready.popFirst(), state.failure, state.isAtEnd)
            }
            if let event { return event }
            if let failure { throw failure }
            if isAtEnd { return nil }
            try await readMore()
        }
    }

    private func readMore() async throws(LanguageModelError) {
        do throws(LanguageModelError) {
            let part = try await exchange.nextPart()
            state.withLock { state in
                if let part {
                    part.withUnsafeReadableBytes { state.append($0) }
                } else {
                    state.end()
                }
            }
        } catch {
            if error.code == .cancelled { throw error }
            state.withLock { $0.fail(error) }
        }
        let (hasBegun, isFinished) = state.withLock { state in (state.hasBegun, state.reader.isFinished) }
        if hasBegun { exchange.begin() }
        if isFinished { exchange.linger() }
    }

    private func release() {
        let isComplete = state.withLock { state in state.isAtEnd && state.failure == nil }
        if isComplete { exchange.release() } else { exchange.cancel() }
    }
}

extension ChatEventSource.State {
    fileprivate mutating func append(_ bytes: some Sequence<UInt8>) {
        var frames: [Framing.Frame] = []
        var excess: LanguageModelError?
        do throws(LanguageModelError) { try framing.append(bytes, into: &frames) } catch { excess = error }
        hasBegun = hasBegun || !frames.isEmpty
        do throws(LanguageModelError) {
            for frame in frames { ready += try reader.read(frame) }
            if let excess { throw excess }
        } catch {
            fail(error)
        }
        if reader.isDone { isAtEnd = true }
    }

    fileprivate mutating func end() {
        do throws(LanguageModelError) {
            if let frame = try framing.finish() { ready += try reader.read(frame) }
        } catch {
            fail(error)
        }
        if failure == nil { ready += reader.end() }
        isAtEnd = true
    }

    /// Once the answer is finished, what breaks is only the wait for usage.
    fileprivate mutating func fail(_ error: LanguageModelError) {
        if !reader.isFinished { failure = error }
        isAtEnd = true
    }
}
