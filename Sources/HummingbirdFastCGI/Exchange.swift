import CFastCGI
import Glibc
import HTTPTypes
import Hummingbird
import NIOCore

/// One request and its response on libfcgi's streams, from the parameters read to the end record written.
///
/// The streams block and belong to one thread. Handlers reach them through ``onOwnThread(_:)`` only.
///
/// @unchecked Sendable: every stored property is used on the responder's own thread alone; `onOwnThread` hops there,
/// and `end` makes later calls fail before they touch a stream.
final class Exchange: @unchecked Sendable {
    /// How far the response has got.
    enum Output {
        /// The handler has not returned a response.
        case awaitingHead
        /// The head is ready; it travels with the first bytes of the body.
        case headPending([UInt8])
        case headWritten
        /// The client is gone.
        case failed
    }

    let parameters: FastCGIParameters
    let request: UnsafeMutablePointer<FCGX_Request>
    let connection: Connection
    private let executor: RunLoopExecutor
    private let slot: Scoreboard.Slot
    let stage: PoolStage

    /// The handler's task, set before its first job can run.
    var task: Task<Void, Never>?
    /// The handler has returned and its response is complete.
    private(set) var isComplete = false
    private(set) var isStreaming = false
    var output = Output.awaitingHead
    private var isHeadRequest = false
    var hasEnded = false
    var clientIsGone = false
    /// Set while the handler does something that a hang-up cancels, though its response is no stream.
    var isCancelledByHangUp = false

    /// Bytes that `CONTENT_LENGTH` still promises; `nil` when it was not given.
    var declaredRemaining: Int?
    private(set) var declaredLength: Int?
    var bodyIsFinished = false
    var watchesInput = true

    init(
        request: UnsafeMutablePointer<FCGX_Request>, connection: Connection, executor: RunLoopExecutor,
        slot: Scoreboard.Slot, stage: PoolStage
    ) {
        self.request = request
        self.connection = connection
        self.executor = executor
        self.slot = slot
        self.stage = stage
        parameters = request.pointee.envp.map { FastCGIParameters(environment: $0) } ?? FastCGIParameters()
    }

    /// Runs `body` on the thread that owns libfcgi's streams.
    /// - Throws: ``FastCGIError/requestEnded`` once the request has been answered.
    func onOwnThread<Result: Sendable>(_ body: @Sendable () throws -> Result) async throws -> Result {
        if executor.isCurrent { return try body() }
        return try await withTaskExecutorPreference(executor) {
            guard executor.isCurrent else { throw FastCGIError.requestEnded }
            return try body()
        }
    }

    // MARK: Request

    /// The request line and fields, and the body as a sequence that reads on demand.
    func readRequest() throws(FastCGIError) -> Request {
        guard request.pointee.role == FCGI_RESPONDER else {
            throw .malformedRequest(reason: "the role is not FCGI_RESPONDER")
        }
        let head = try RequestHead(parameters)
        isHeadRequest = head.request.method == .head
        declaredLength = head.mayHaveBody ? head.contentLength : 0
        declaredRemaining = declaredLength
        let body =
            head.mayHaveBody
            ? RequestBody(asyncSequence: FastCGIRequestBody(exchange: self)) : RequestBody(buffer: ByteBuffer())
        return Request(head: head.request, body: body)
    }

    /// The next chunk of the body, at most 64 KB; `nil` after the last.
    func readBody() throws(FastCGIError) -> ByteBuffer? {
        if hasEnded { throw .requestEnded }
        if bodyIsFinished { return nil }
        if declaredRemaining == 0 {
            // One byte more than declared, or the end record that keeps the connection in step.
            let extra = FCGX_GetChar(request.pointee.in)
            bodyIsFinished = true
            if extra >= 0 { throw .bodyLengthMismatch(declared: declaredLength ?? 0) }
            try checkInput()
            return nil
        }
        let wanted = min(declaredRemaining ?? 65_536, 65_536)
        var chunk = ByteBufferAllocator().buffer(capacity: wanted)
        let count = chunk.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { space in
            Int(FCGX_GetStr(space.bindMemory(to: CChar.self).baseAddress, Int32(wanted), request.pointee.in))
        }
        declaredRemaining = declaredRemaining.map { $0 - count }
        if count < wanted {
            bodyIsFinished = true
            try checkInput()
            if let declaredRemaining, declaredRemaining > 0 {
                throw .bodyLengthMismatch(declared: declaredLength ?? 0)
            }
        }
        return count == 0 ? nil : chunk
    }

    private func checkInput() throws(FastCGIError) {
        if FCGX_GetError(request.pointee.in) != 0 {
            clientIsGone = true
            throw .clientDisconnected
        }
    }

    // MARK: Response

    /// Takes the response's head. It stays in memory until the first byte of the body, a wait, or the end, so that
    /// a handler that fails before then can still be answered with an error.
    func begin(_ response: Response) -> Bool {
        var head = response.head
        isStreaming = head.headerFields.announceStream && !isHeadRequest
        if isStreaming {
            if let name = HTTPField.Name.accelBuffering { head.headerFields[name] = "no" }
            slot.enter(.streaming)
            lookForHangUp()
            if stage.cancelsStreams { task?.cancel() }
        }
        output = .headPending(CGIResponseHead.encode(head, leavesAlone: isStreaming))
        return !isHeadRequest
    }

    /// Whether bytes of the response may have left; then an error cannot become a 500 any more.
    var hasWritten: Bool {
        switch output {
        case .awaitingHead, .headPending: false
        case .headWritten, .failed: true
        }
    }

    /// Writes a part of the body; of a stream, sends it.
    /// - Throws: ``FastCGIError/clientDisconnected``, after cancelling the handler's task.
    func writeBody(_ buffer: ByteBuffer) throws(FastCGIError) {
        if hasEnded { throw .requestEnded }
        if isHeadRequest { return }
        try writePendingHead()
        try put(buffer.readableBytesView)
        if isStreaming { try flush() }
    }

    /// The handler returned; nothing more will be written.
    func complete() {
        isComplete = true
    }

    func writePendingHead() throws(FastCGIError) {
        switch output {
        case .headPending(let head):
            output = .headWritten
            try put(head)
        case .failed: throw .clientDisconnected
        case .awaitingHead, .headWritten: break
        }
    }

    private func put(_ bytes: some Collection<UInt8>) throws(FastCGIError) {
        let result = bytes.withContiguousStorageIfAvailable { all in
            var rest = all[...]
            while !rest.isEmpty {
                let part = UnsafeBufferPointer(rebasing: rest.prefix(1 << 30))
                let written = part.withMemoryRebound(to: CChar.self) {
                    FCGX_PutStr($0.baseAddress, Int32($0.count), request.pointee.out)
                }
                if written < 0 { return false }
                rest = rest.dropFirst(part.count)
            }
            return true
        }
        if result != true { throw failOutput() }
    }

    func flush() throws(FastCGIError) {
        if FCGX_FFlush(request.pointee.out) != 0 { throw failOutput() }
    }

    private func failOutput() -> FastCGIError {
        output = .failed
        clientIsGone = true
        task?.cancel()
        return .clientDisconnected
    }
}
