import Hummingbird
import Logging
import TestSupport
import Testing

@testable import HummingbirdFastCGI

@Suite(.timeLimit(.minutes(2))) struct PoolTests {
    @Test("saturation is logged once per episode and names the setting; waiting requests are answered")
    func saturation() async throws {
        let gates = [ManualGate(), ManualGate()]
        let begun = ManualCounter()
        let router = TestServer.makeRouter()
        router.get("/wait/:episode") { _, context in
            begun.increment()
            await gates[try context.parameters.require("episode", as: Int.self)].wait()
            return "done"
        }
        let settings: (inout FastCGIServerConfiguration) -> Void = {
            ($0.minThreads, $0.maxThreads, $0.maxThreadsName) = (1, 2, "FCGI_MAX_THREADS")
        }
        try await TestServer.run(router, configure: settings) { server in
            for episode in 0...1 {
                let clients = try (0..<6).map { _ in try server.connect() }
                for client in clients { try client.send(FastCGIRequest("GET", "/wait/\(episode)")) }
                await begun.reaches(episode * 6 + 2)
                #expect(server.scoreboard.snapshot().inFlight == 2)
                gates[episode].open()
                let texts = try await FastCGIClient.onThread { try clients.map { try $0.readResponse()?.text } }
                #expect(texts == Array(repeating: "done", count: 6))
                await server.scoreboardShows { $0.idle == 2 }
            }
            let warnings = server.log.lines.filter { $0.level == .warning }
            // Serving the waiting requests one after the other may end an episode early and begin another.
            #expect(warnings.count == server.scoreboard.snapshot().maxThreadsReached)
            #expect(warnings.count >= 2)
            #expect(warnings.first?.metadata["fastcgi.setting"] == "FCGI_MAX_THREADS")
            #expect(warnings.first?.metadata["fastcgi.value"] == "2")
        }
    }

    @Test("the pool grows to what is in flight and shrinks to its minimum")
    func growthAndShrink() async throws {
        let (gate, begun) = (ManualGate(), ManualCounter())
        let router = TestServer.makeRouter()
        router.get("/wait") { _, _ in
            begun.increment()
            await gate.wait()
            return "done"
        }
        let settings: (inout FastCGIServerConfiguration) -> Void = {
            ($0.minThreads, $0.maxThreads, $0.idleTimeout) = (1, 12, .milliseconds(1))
        }
        try await TestServer.run(router, configure: settings) { server in
            let clients = try (0..<10).map { _ in try server.connect() }
            for client in clients { try client.send(FastCGIRequest("GET", "/wait")) }
            await begun.reaches(10)
            let busy = server.scoreboard.snapshot()
            #expect(busy.handling == 10)
            #expect((10...12).contains(busy.threads))
            #expect(busy.longestRunning > .zero)
            gate.open()
            _ = try await FastCGIClient.onThread { try clients.map { try $0.readResponse() } }
            await server.scoreboardShows { $0.threads == 1 }
            let text = try await server.answer(FastCGIRequest("GET", "/wait"))?.text
            #expect(text == "done")
        }
    }

    private static let invalid: [(setting: String, change: @Sendable (inout FastCGIServerConfiguration) -> Void)] = [
        ("minThreads", { $0.minThreads = 0 }),
        ("maxThreads", { $0.maxThreads = 1 }),
        ("maxThreads", { $0.maxThreads = 70_000 }),
        ("stackSize", { $0.stackSize = 4096 }),
        ("backlog", { $0.backlog = 0 }),
        ("drainTimeout", { $0.drainTimeout = .seconds(-1) }),
    ]

    @Test("a setting that breaks its rule stops the start and is named", arguments: invalid.indices)
    func validation(index: Int) async throws {
        var configuration = FastCGIServerConfiguration(
            address: .tcp(host: "127.0.0.1", port: 0), logger: RecordingLog().logger)
        Self.invalid[index].change(&configuration)
        let server = FastCGIServer(
            responder: TestServer.makeRouter().buildResponder(), configuration: configuration)
        let error = await #expect(throws: FastCGIError.self) { try await server.run() }
        guard case .invalidConfiguration(Self.invalid[index].setting, _, _) = error else {
            Issue.record("unexpected \(String(describing: error))")
            return
        }
    }
}
