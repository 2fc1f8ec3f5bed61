import DescriptorWaiting
import NIOCore
import NIOHTTP1
import ProviderHTTP
import Synchronization

/// One exchange with a provider within the limits of ``ProviderTimeouts``, with the errors that clients know.
///
/// One task reads; ``cancel()`` closes the connection from any thread.
final class ProviderExchange: Sendable {
    private struct State {
        var hasBody = false
        /// Some of the answer has come, and no mere sign of life.
        var hasBegun = false
        /// Set by the reader: an end at this time is no error, because all that matters has come.
        var lingerUntil: UInt64?
        /// Ended by silence.
        var isOver = false
    }

    private let http: HTTPExchange
    private let timeouts: ProviderTimeouts
    private let isStreamed: Bool
    private let started = MonotonicClock.now()
    /// When the whole call is over.
    private let lastMoment: UInt64
    private let state = Mutex(State())

    /// - Parameter isStreamed: whether the limits of first token and silence apply.
    /// - Throws: `connectionFailed` for an address that cannot be.
    init(
        _ call: HTTPCall, with client: ProviderClient, timeouts: ProviderTimeouts, isStreamed: Bool
    ) throws(LanguageModelError) {
        var call = call
        call.connectMilliseconds = Int(min(timeouts.connect, timeouts.overall).nanoseconds / 1_000_000)
        do { http = try HTTPExchange(call, with: client) } catch { throw Self.error(error) }
        self.timeouts = timeouts
        self.isStreamed = isStreamed
        lastMoment = min(started + timeouts.overall, timeouts.deadline ?? .max)
    }

    /// Closes the connection; a waiting reader gets `cancelled`.
    func cancel() { http.cancel() }

    /// The reader has found something of the answer: from now on silence may be the end of it.
    func begin() { state.withLock { $0.hasBegun = true } }

    /// Lets the body end quietly when it has not ended after ``ProviderTimeouts/afterFinish``.
    func linger() {
        state.withLock { state in
            state.lingerUntil = state.lingerUntil ?? MonotonicClock.now() + timeouts.afterFinish
        }
    }

    /// Nobody reads any more, but the body is about to end: the connection may be used again if it does.
    func release() { http.release(until: MonotonicClock.now() + timeouts.afterFinish) }

    /// Waits for status and headers.
    func head() async throws(LanguageModelError) -> HTTPResponseHead {
        let limit = isStreamed ? min(lastMoment, started + timeouts.firstToken) : lastMoment
        do { return try await http.head(until: limit) } catch { throw fail(error) }
    }

    /// Waits for the next piece of the body; nil is the end of it.
    func nextPart() async throws(LanguageModelError) -> ByteBuffer? {
        let (isOver, due) = state.withLock { ($0.isOver, dueTime($0)) }
        if isOver { return nil }
        // A provider that never pauses does not outrun the clock.
        if due.time <= MonotonicClock.now() { return try end(isQuiet: due.isQuiet) }
        do {
            let part = try await http.nextPart(until: due.time)
            state.withLock { $0.hasBody = true }
            return part
        } catch .timedOut {
            return try end(isQuiet: due.isQuiet)
        } catch {
            throw fail(error)
        }
    }

    /// The time is over: quietly, or as a failure.
    private func end(isQuiet: Bool) throws(LanguageModelError) -> ByteBuffer? {
        guard isQuiet else { throw fail(.timedOut) }
        state.withLock { $0.isOver = true }
        http.cancel()
        return nil
    }

    /// Collects what is left of the body.
    ///
    /// - Throws: `malformedAnswer` when it is longer than `limit` bytes.
    func body(limit: Int) async throws(LanguageModelError) -> ByteBuffer {
        var body = ByteBuffer()
        while var part = try await nextPart() {
            guard body.readableBytes + part.readableBytes <= limit else {
                cancel()
                throw LanguageModelError(
                    .malformedAnswer, "The provider sent an answer of more than \(limit) bytes.")
            }
            body.writeBuffer(&part)
        }
        return body
    }

    /// When the answer must go on, for a reader that begins to wait now.
    private func dueTime(_ state: State) -> (time: UInt64, isQuiet: Bool) {
        if let linger = state.lingerUntil { return (linger, true) }
        guard isStreamed else { return (lastMoment, false) }
        if !state.hasBody { return (min(lastMoment, started + timeouts.firstToken), false) }
        let now = MonotonicClock.now()
        if state.hasBegun, let quiet = timeouts.quietEnd, now + quiet < lastMoment { return (now + quiet, true) }
        return (min(lastMoment, now + timeouts.idle), false)
    }

    private func fail(_ failure: HTTPFailure) -> LanguageModelError {
        http.cancel()
        return Self.error(failure)
    }

    private static func error(_ failure: HTTPFailure) -> LanguageModelError {
        switch failure {
        case .unreachable: .connectionFailed(failure)
        case .interrupted: .interrupted(failure)
        case .timedOut: .timedOut(failure)
        case .cancelled: .cancelled
        }
    }
}

extension UInt64 {
    /// A time on ``MonotonicClock``, later.
    fileprivate static func + (time: UInt64, amount: TimeAmount) -> UInt64 {
        time &+ UInt64(Swift.max(0, amount.nanoseconds))
    }
}
