import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// One HTTP exchange with a provider: the request goes out, head and body come back piece by piece.
///
/// The client calls from its event loop, one reading task pulls. At most ``highWater`` bytes wait between them; then
/// the connection is not read until the reader has caught up. A watchdog on the event loop ends an exchange that
/// exceeds its timeouts. ``cancel()`` closes the connection from any thread. The first failure is the one reported.
///
/// Each time that one thread wakes another costs as much as the rest of a call. So all of the client's work is done on
/// its event loop, by one hop; the reader of a whole answer wakes when all of it has come, the reader of a stream once
/// for all that came in one turn of the loop.
final class ProviderExchange: HTTPClientResponseDelegate {
    typealias Response = Void

    private static let highWater = 256 * 1024

    private enum Phase {
        /// No connection yet, or the request is not written.
        case connecting
        case waitingForHead
        case receiving
        case complete
        case failed(LanguageModelError)

        var isOver: Bool {
            switch self {
            case .complete, .failed: true
            case .connecting, .waitingForHead, .receiving: false
            }
        }
    }

    private struct State {
        var phase = Phase.connecting
        var task: HTTPClient.Task<Void>?
        var head: HTTPResponseHead?
        var parts: [ByteBuffer] = []
        var waitingBytes = 0
        var hasBody = false
        var lastActivity = NIODeadline.now()
        /// Fulfilled when the reader has caught up.
        var resume: EventLoopPromise<Void>?
        var reader: CheckedContinuation<Void, Never>?
        /// The reader will be woken at the end of this turn of the event loop.
        var wakesReader = false
        /// Set by the reader: an end at this time is no error, because all that matters has come.
        var lingerUntil: NIODeadline?
        /// Nobody reads any more.
        var isReleased = false
        var timer: Scheduled<Void>?

        /// Ends the exchange and gives what is to be let go outside the lock.
        mutating func end(_ phase: Phase) -> Remains {
            guard !self.phase.isOver else { return Remains() }
            self.phase = phase
            timer?.cancel()
            timer = nil
            return Remains(task: task, resume: resume.take(), reader: reader.take())
        }
    }

    /// What an ended exchange leaves behind.
    private struct Remains {
        var task: HTTPClient.Task<Void>?
        var resume: EventLoopPromise<Void>?
        var reader: CheckedContinuation<Void, Never>?

        func letGo(closing: Bool) {
            if closing { task?.cancel() }
            resume?.succeed()
            reader?.resume()
        }
    }

    private let timeouts: ProviderTimeouts
    private let isStreamed: Bool
    private let started = NIODeadline.now()
    private let state = Mutex(State())

    /// - Parameter isStreamed: whether the limits of first token and silence apply.
    private init(timeouts: ProviderTimeouts, isStreamed: Bool) {
        self.timeouts = timeouts
        self.isStreamed = isStreamed
    }

    static func start(
        _ request: HTTPClient.Request, with client: HTTPClient, timeouts: ProviderTimeouts, isStreamed: Bool
    ) -> ProviderExchange {
        let exchange = ProviderExchange(timeouts: timeouts, isStreamed: isStreamed)
        let eventLoop = client.eventLoopGroup.any()
        eventLoop.execute { exchange.begin(request, with: client, on: eventLoop) }
        return exchange
    }

    private func begin(_ request: HTTPClient.Request, with client: HTTPClient, on eventLoop: any EventLoop) {
        if state.withLock({ $0.phase.isOver }) { return }
        let task = client.execute(request: request, delegate: self, eventLoop: .delegateAndChannel(on: eventLoop))
        let isOver = state.withLock { state in
            state.task = task
            return state.phase.isOver
        }
        // Cancelled meanwhile, when there was no task to cancel.
        if isOver { return task.cancel() }
        let first = min(timeouts.connect, timeouts.firstToken, timeouts.overall)
        watch(on: eventLoop, after: isStreamed ? first : min(timeouts.connect, timeouts.overall))
    }

    /// Closes the connection; a waiting reader gets `cancelled`.
    func cancel() {
        state.withLock { state in
            if !state.phase.isOver { state.parts = [] }
            return state.end(.failed(.cancelled))
        }.letGo(closing: true)
    }

    /// Lets the body end quietly when it has not ended after ``ProviderTimeouts/afterFinish``.
    func linger() {
        let task = state.withLock { state -> HTTPClient.Task<Void>? in
            guard state.lingerUntil == nil, !state.phase.isOver else { return nil }
            state.lingerUntil = .now() + timeouts.afterFinish
            return state.task
        }
        if let task { watch(on: task.eventLoop, after: timeouts.afterFinish) }
    }

    /// Nobody reads any more, but the body is about to end: the connection may be used again if it does.
    func release() {
        let resume = state.withLock { state in
            state.isReleased = true
            state.parts = []
            return state.resume.take()
        }
        resume?.succeed()
        linger()
    }
}

extension ProviderExchange {
    /// Waits for status and headers.
    func head() async throws(LanguageModelError) -> HTTPResponseHead {
        while true {
            try stopIfCancelled()
            let head = try state.withLock { (state) throws(LanguageModelError) -> HTTPResponseHead? in
                if let head = state.head { return head }
                if case .failed(let error) = state.phase { throw error }
                if case .complete = state.phase { throw .interrupted() }
                return nil
            }
            if let head { return head }
            await changed { $0.head != nil }
        }
    }

    /// Waits for the next piece of the body; nil is the end of it.
    func nextPart() async throws(LanguageModelError) -> ByteBuffer? {
        while true {
            try stopIfCancelled()
            let (part, resume, isOver) = try state.withLock {
                (state) throws(LanguageModelError) -> (ByteBuffer?, EventLoopPromise<Void>?, Bool) in
                if !state.parts.isEmpty {
                    let part = state.parts.removeFirst()
                    state.waitingBytes -= part.readableBytes
                    return (part, state.parts.isEmpty ? state.resume.take() : nil, false)
                }
                if case .failed(let error) = state.phase { throw error }
                if case .complete = state.phase { return (nil, nil, true) }
                return (nil, nil, false)
            }
            resume?.succeed()
            if let part { return part }
            if isOver { return nil }
            await changed { !$0.parts.isEmpty }
        }
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

    private func stopIfCancelled() throws(LanguageModelError) {
        guard Task.isCancelled else { return }
        cancel()
        throw .cancelled
    }

    /// Suspends the reader until the condition holds, the exchange is over or the task is cancelled.
    private func changed(or condition: @Sendable (State) -> Bool) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.phase.isOver || condition(state) { return true }
                    state.reader = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            cancel()
        }
    }

    /// Wakes the reader at the end of this turn of the event loop.
    private func wake(on eventLoop: any EventLoop) {
        let isPlanned = state.withLock { state in
            defer { state.wakesReader = true }
            return state.wakesReader
        }
        if isPlanned { return }
        eventLoop.execute { [self] in
            let reader = state.withLock { state in
                state.wakesReader = false
                return state.reader.take()
            }
            reader?.resume()
        }
    }

    private func fail(_ error: LanguageModelError) {
        state.withLock { $0.end(.failed(error)) }.letGo(closing: true)
    }
}

extension ProviderExchange {
    /// Looks at the clock after that time, instead of when it was to be looked at before.
    private func watch(on eventLoop: any EventLoop, after time: TimeAmount) {
        let timer = eventLoop.scheduleTask(in: time) { [weak self] () -> Void in self?.checkClock(eventLoop) }
        let previous = state.withLock { state -> Scheduled<Void>? in
            if state.phase.isOver { return timer }
            defer { state.timer = timer }
            return state.timer
        }
        previous?.cancel()
    }

    private func checkClock(_ eventLoop: any EventLoop) {
        let now = NIODeadline.now()
        guard let due = state.withLock({ state in dueTime(state) }) else { return }
        if now < due.time { return watch(on: eventLoop, after: due.time - now) }
        if due.isQuiet {
            state.withLock { $0.end(.complete) }.letGo(closing: true)
        } else {
            fail(.timedOut())
        }
    }

    /// When the exchange must end unless something happens; nil when it is over.
    private func dueTime(_ state: State) -> (time: NIODeadline, isQuiet: Bool)? {
        let end = started + timeouts.overall
        switch state.phase {
        case .complete, .failed: return nil
        case .connecting: return (min(end, started + timeouts.connect), false)
        case .waitingForHead, .receiving: break
        }
        if let linger = state.lingerUntil { return (linger, true) }
        guard isStreamed else { return (end, false) }
        if !state.hasBody { return (min(end, started + timeouts.firstToken), false) }
        // While the reader is behind, the silence is ours.
        let silent = state.resume == nil ? state.lastActivity : NIODeadline.now()
        if let quiet = timeouts.quietEnd, silent + quiet < end { return (silent + quiet, true) }
        return (min(end, silent + timeouts.idle), false)
    }
}

extension ProviderExchange {
    func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
        state.withLock { state in
            if case .connecting = state.phase { state.phase = .waitingForHead }
        }
    }

    func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        state.withLock { state in
            if state.phase.isOver { return }
            state.phase = .receiving
            state.head = head
        }
        if isStreamed { wake(on: task.eventLoop) }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let isFirst = state.withLock { state in
            defer { state.hasBody = true }
            return !state.hasBody
        }
        if isFirst, isStreamed { watch(on: task.eventLoop, after: timeouts.quietEnd ?? timeouts.idle) }
        let pause = state.withLock { state -> EventLoopFuture<Void>? in
            if state.phase.isOver || state.isReleased { return nil }
            state.parts.append(buffer)
            state.waitingBytes += buffer.readableBytes
            state.lastActivity = .now()
            guard state.waitingBytes > Self.highWater else { return nil }
            let promise = task.eventLoop.makePromise(of: Void.self)
            state.resume = promise
            return promise.futureResult
        }
        if isStreamed || pause != nil { wake(on: task.eventLoop) }
        return pause ?? task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveError(task: HTTPClient.Task<Void>, _ error: any Error) {
        let isAnswering = state.withLock { $0.head != nil }
        fail(Self.failure(error, isAnswering: isAnswering))
    }

    func didFinishRequest(task: HTTPClient.Task<Void>) {
        state.withLock { $0.end(.complete) }.letGo(closing: false)
    }

    private static func failure(_ error: any Error, isAnswering: Bool) -> LanguageModelError {
        let timeouts: [HTTPClientError] = [.deadlineExceeded, .readTimeout, .writeTimeout]
        if let error = error as? HTTPClientError, timeouts.contains(error) { return .timedOut(error) }
        return isAnswering ? .interrupted(error) : .connectionFailed(error)
    }
}
