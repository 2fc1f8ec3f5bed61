import Hummingbird
import HummingbirdFastCGI
import Logging
import ServiceLifecycle
import TestSupport

/// A running server on a unix socket of its own.
struct TestServer: Sendable {
    let path: String
    let scoreboard: Scoreboard
    let group: ServiceGroup
    let log: RecordingLog

    func connect() throws -> FastCGIClient {
        try FastCGIClient(unixSocket: path)
    }

    /// Sends one request over a connection of its own and reads the response.
    func answer(_ request: FastCGIRequest) async throws -> FastCGIResponse? {
        try await FastCGIClient.onThread {
            let client = try connect()
            try client.send(request)
            return try client.readResponse()
        }
    }

    /// Returns once the scoreboard is as wanted.
    func scoreboardShows(_ isWanted: (Scoreboard.Snapshot) -> Bool) async {
        while !isWanted(scoreboard.snapshot()) { await Task.yield() }
    }

    /// Runs `body` against a server for `router`, then stops it gracefully.
    static func run(
        _ router: Router<BasicFastCGIRequestContext>,
        configure: (inout FastCGIServerConfiguration) -> Void = { _ in },
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        let log = RecordingLog()
        var configuration = FastCGIServerConfiguration(
            address: .unixSocket(path: directory.file("s")), logger: log.logger)
        configuration.minThreads = 2
        configuration.maxThreads = 16
        configuration.drainTimeout = .zero
        configuration.cancellationGrace = .seconds(20)
        configure(&configuration)
        let listening = ManualGate()
        let server = FastCGIServer(responder: router.buildResponder(), configuration: configuration) { _ in
            listening.open()
        }
        let group = ServiceGroup(services: [server], logger: log.logger)
        let running = Task {
            // A start that fails must not leave the test waiting.
            defer { listening.open() }
            try await group.run()
        }
        await listening.wait()
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await body(
                    TestServer(
                        path: directory.file("s"), scoreboard: server.scoreboard, group: group, log: log)))
        } catch {
            result = .failure(error)
        }
        await group.triggerGracefulShutdown()
        try await running.value
        try result.get()
    }

    static func makeRouter() -> Router<BasicFastCGIRequestContext> {
        Router(context: BasicFastCGIRequestContext.self)
    }
}
