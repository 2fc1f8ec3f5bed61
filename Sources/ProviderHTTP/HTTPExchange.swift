import CCurl
import DescriptorWaiting
public import NIOCore
public import NIOHTTP1
import Synchronization

/// One request and its answer. Nothing is read before a task asks for it, so a slow reader slows the provider down.
///
/// ``head(until:)`` and ``nextPart(until:)`` are called by one task at a time; ``cancel()`` by any thread.
public final class HTTPExchange: Sendable {
    private struct State {
        /// nil once the exchange is over.
        var connection: CurlConnection?
        var end: End?
        /// What the reader sleeps on.
        var wait: DescriptorWait?
    }

    private enum End {
        case complete
        case failed(HTTPFailure)
    }

    private let client: ProviderClient
    private let origin: Substring
    private let state: Mutex<State>

    /// Begins the exchange; the request leaves at once where a connection is there.
    ///
    /// - Throws: `unreachable` for an address or a header that cannot be.
    public init(_ call: HTTPCall, with client: ProviderClient) throws(HTTPFailure) {
        self.client = client
        origin = call.origin
        guard let lines = call.lines else { throw .unreachable("a header has characters that are not allowed") }
        let connection = try client.connection(for: origin)
        try connection.begin(call, lines: lines)
        state = Mutex(State(connection: connection))
    }

    deinit { cancel() }

    /// Waits for status and headers.
    ///
    /// - Parameter deadline: in nanoseconds of ``MonotonicClock``; the exchange goes on when it has passed.
    /// - Throws: `timedOut` at the deadline.
    public func head(until deadline: UInt64? = nil) async throws(HTTPFailure) -> HTTPResponseHead {
        guard let head = try await read(until: deadline, { $0.answer.head.complete }) else {
            throw .unreachable("the server closed the connection")
        }
        return head
    }

    /// Waits for the next piece of the body; nil is the end of it.
    ///
    /// - Parameter deadline: as of ``head(until:)``.
    public func nextPart(until deadline: UInt64? = nil) async throws(HTTPFailure) -> ByteBuffer? {
        try await read(until: deadline) { $0.takeBody() }
    }

    /// Collects what is left of the body.
    ///
    /// - Parameter deadline: as of ``head(until:)``; here the exchange ends with it.
    /// - Returns: nil when it is longer than `limit` bytes; then the connection is closed.
    public func body(limit: Int, until deadline: UInt64? = nil) async throws(HTTPFailure) -> ByteBuffer? {
        var body = ByteBuffer()
        while var part = try await nextPart(until: deadline) {
            body.writeBuffer(&part)
            if body.readableBytes > limit {
                cancel()
                return nil
            }
            // A server that never pauses does not outrun the deadline.
            if let deadline, deadline <= MonotonicClock.now() { throw .timedOut }
        }
        return body
    }

    /// Closes the connection; a waiting reader gets `cancelled`.
    public func cancel() { end(.failed(.cancelled)) }

    /// Nobody reads any more, but the body is about to end: the connection may be used again if it does before that.
    public func release(until deadline: UInt64) {
        let isOver = state.withLock { state in
            guard let connection = state.connection else { return true }
            // The end has often come with the last piece.
            if connection.answer.result == nil { connection.proceed(connection.interests) }
            _ = connection.takeBody()
            if let result = connection.answer.result { finish(&state, result) }
            return state.connection == nil
        }
        if isOver { return }
        Task {
            do throws(HTTPFailure) {
                while try await nextPart(until: deadline) != nil {}
            } catch {
                cancel()
            }
        }
    }
}

extension HTTPExchange {
    private enum Step<Value: Sendable>: Sendable {
        case value(Value?)
        case wait(DescriptorWait)
    }

    /// Lets the exchange proceed until there is what `wanted` gives, or its end: then nil.
    private func read<Value: Sendable>(
        until deadline: UInt64?, _ wanted: @Sendable (CurlConnection) -> Value?
    ) async throws(HTTPFailure) -> Value? {
        while true {
            if Task.isCancelled { cancel() }
            let step = try state.withLock { (state) throws(HTTPFailure) -> Step<Value> in
                try self.step(&state, deadline, wanted)
            }
            switch step {
            case .value(let value):
                return value
            case .wait(let wait):
                let events = await wait.events()
                try state.withLock { (state) throws(HTTPFailure) in try proceed(&state, events, deadline) }
            }
        }
    }

    private func step<Value: Sendable>(
        _ state: inout State, _ deadline: UInt64?, _ wanted: @Sendable (CurlConnection) -> Value?
    ) throws(HTTPFailure) -> Step<Value> {
        if let connection = state.connection {
            if let value = wanted(connection) { return .value(value) }
            guard let result = connection.answer.result else {
                let wake = [deadline, connection.timer].compactMap { $0 }.min()
                let wait = DescriptorWait(connection.interests, until: wake)
                state.wait = wait
                return .wait(wait)
            }
            finish(&state, result)
        }
        if case .failed(let failure) = state.end { throw failure }
        return .value(nil)
    }

    private func proceed(
        _ state: inout State, _ events: [DescriptorInterest], _ deadline: UInt64?
    ) throws(HTTPFailure) {
        state.wait = nil
        guard let connection = state.connection else { return }
        connection.proceed(events)
        if events.isEmpty, let deadline, deadline <= MonotonicClock.now(), connection.answer.result == nil {
            throw .timedOut
        }
    }

    private func finish(_ state: inout State, _ result: CURLcode) {
        guard let connection = state.connection else { return }
        state.connection = nil
        let reason = String(cString: curl_easy_strerror(result))
        switch result {
        case CURLE_OK: state.end = .complete
        case CURLE_OPERATION_TIMEDOUT: state.end = .failed(.timedOut)
        default:
            let isAnswering = connection.answer.head.complete != nil
            state.end = .failed(isAnswering ? .interrupted(reason) : .unreachable(reason))
        }
        connection.detach()
        if result == CURLE_OK { client.keep(connection, for: origin) }
    }

    private func end(_ end: End) {
        let remains = state.withLock { state -> (CurlConnection?, DescriptorWait?) in
            guard let connection = state.connection else { return (nil, nil) }
            state.connection = nil
            state.end = end
            connection.detach()
            return (connection, state.wait)
        }
        remains.1?.interrupt()
    }
}
