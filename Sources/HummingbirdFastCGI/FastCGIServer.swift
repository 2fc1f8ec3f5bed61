import Glibc
public import Hummingbird
import Logging
public import ServiceLifecycle

/// Serves a Hummingbird responder over FastCGI, behind nginx or any other FastCGI client.
///
/// ```swift
/// let router = Router(context: BasicFastCGIRequestContext.self)
/// router.get("/hello") { _, _ in "Hello" }
/// let server = FastCGIServer(
///     responder: router.buildResponder(),
///     configuration: FastCGIServerConfiguration(address: .unixSocket(path: "/run/hello.sock"), logger: logger))
/// try await ServiceGroup(services: [server], gracefulShutdownSignals: [.sigterm], logger: logger).run()
/// ```
///
/// What runs where:
/// - Each request has one thread of the pool for itself, and its handler runs on that thread as on a task executor.
///   libfcgi's blocking reads and writes happen there, so a slow client holds one thread and nobody else.
/// - A response of type `text/event-stream`, or with `X-Accel-Buffering: no`, is a stream: each write is sent at once,
///   and when the client hangs up, the handler's task is cancelled. Any other handler runs to its end, but for the parts
///   that it names by ``FastCGIHangUp``.
/// - A half-closed connection counts as hung up.
/// - libfcgi trusts its peer: who can connect to the socket can send records that stop the process. Give the
///   socket to the web server alone.
public struct FastCGIServer<Responder: HTTPResponder>: Service
where Responder.Context: RequestContext, Responder.Context.Source: FastCGIContextSource {
    public let responder: Responder
    public let configuration: FastCGIServerConfiguration
    /// Live counters.
    public let scoreboard = Scoreboard()
    private let environment: [String: String]
    private let inheritedDescriptor: Int32
    private let onListening: @Sendable (FastCGIListenAddress) async throws -> Void

    /// - Parameters:
    ///   - responder: answers the requests; usually `router.buildResponder()`.
    ///   - onListening: called once connections are accepted, with the address as bound (a TCP port of 0 has been
    ///     replaced). The place to tell systemd that the service is ready.
    public init(
        responder: Responder, configuration: FastCGIServerConfiguration,
        onListening: @escaping @Sendable (FastCGIListenAddress) async throws -> Void = { _ in }
    ) {
        self.init(
            responder: responder, configuration: configuration, environment: Self.processEnvironment(),
            inheritedDescriptor: ListeningSocket.firstInheritedDescriptor, onListening: onListening)
    }

    /// With another environment and descriptor for `.inherited`.
    init(
        responder: Responder, configuration: FastCGIServerConfiguration, environment: [String: String],
        inheritedDescriptor: Int32, onListening: @escaping @Sendable (FastCGIListenAddress) async throws -> Void
    ) {
        self.responder = responder
        self.configuration = configuration
        self.environment = environment
        self.inheritedDescriptor = inheritedDescriptor
        self.onListening = onListening
    }

    /// Serves until a graceful shutdown or cancellation, then stops in order: accepts nothing more; lets requests
    /// finish for `drainTimeout` (not when cancelled); cancels streams and waits `cancellationGrace`; shuts
    /// connections down, cancels all handlers and waits `cancellationGrace` again. Handlers that still run then are
    /// logged and left behind.
    /// - Throws: ``FastCGIError`` when it cannot start.
    public func run() async throws {
        try configuration.validate()
        try FastCGILibrary.initialise()
        let listener = try ListeningSocket.open(
            configuration.address, backlog: configuration.backlog, environment: environment,
            inheritedDescriptor: inheritedDescriptor)
        let handler = RequestHandler(responder: responder, logger: configuration.logger)
        let pool = try ResponderPool(
            configuration: configuration, listener: listener, scoreboard: scoreboard,
            handler: { await handler($0) })
        do {
            try pool.start()
            configuration.logger.info("listening", metadata: ["fastcgi.address": "\(listener.address)"])
            try await onListening(listener.address)
        } catch {
            await stop(pool, listener, drainTimeout: .zero)
            throw error
        }
        do {
            try await gracefulShutdown()
            await stop(pool, listener, drainTimeout: configuration.drainTimeout)
        } catch {
            await stop(pool, listener, drainTimeout: .zero)
        }
    }

    private func stop(_ pool: ResponderPool, _ listener: ListeningSocket, drainTimeout: Duration) async {
        let logger = configuration.logger
        listener.removeFile()
        pool.beginDrain()
        defer { pool.connections.closeRemaining() }
        if await pool.allThreadsEnd(within: drainTimeout) { return }
        logger.notice("drain time is over; cancelling streams", metadata: ["fastcgi.threads": "\(pool.threadCount)"])
        pool.cancelStreams()
        if await pool.allThreadsEnd(within: configuration.cancellationGrace) { return }
        logger.warning("shutting connections down", metadata: ["fastcgi.threads": "\(pool.threadCount)"])
        pool.shutDown()
        if await pool.allThreadsEnd(within: configuration.cancellationGrace) { return }
        logger.error(
            "handlers ignore cancellation and are left behind", metadata: ["fastcgi.threads": "\(pool.threadCount)"])
    }

    private static func processEnvironment() -> [String: String] {
        ["LISTEN_FDS", "LISTEN_PID"].reduce(into: [:]) { result, name in
            result[name] = getenv(name).map { String(cString: $0) }
        }
    }
}
