import ProviderHTTP
import Foundation
import NIOCore
import Testing
import TestSupport

@testable import LanguageModels

/// Providers that are not what they should be, and what is left of them.
@Suite("untrusted providers", .timeLimit(.minutes(2)))
struct UntrustedProviderTests {
    private typealias Script = [ScriptedHTTPServerStep]

    @Test("a redirect is a refusal, and the prompt goes nowhere else", arguments: [301, 302, 307, 308])
    func redirect(status: Int) async throws {
        let other = try ScriptedHTTPServer(.answer(body: "{}"))
        defer { other.stop() }
        let server = try ScriptedHTTPServer(
            .answer(status: status, headers: "Location: \(other.base)/chat/completions\r\n", body: ""))
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.model("groq", server))
        #expect(outcome.error?.code == .upstreamStatus(status))
        #expect(other.requests.isEmpty)
    }

    @Test("a name that does not resolve is a connection error")
    func unresolved() async {
        var timeouts = ProviderTimeouts()
        // A resolver without network takes its time; the client has its own limit below this one.
        timeouts.connect = .seconds(60)
        let endpoint = ProviderEndpoint(
            client: ProviderFixture.client, base: "http://provider.invalid", timeouts: timeouts)
        let error = await #expect(throws: LanguageModelError.self) { try await endpoint.get("/models") }
        #expect(error?.code == .connection)
        #expect(error?.message == "Connection error.")
    }

    @Test("a server that does not answer the TLS handshake runs into the limit of connecting")
    func noTLS() async throws {
        let server = try ScriptedHTTPServer([.stall])
        defer { server.stop() }
        var timeouts = ProviderTimeouts()
        timeouts.connect = .milliseconds(40)
        let endpoint = ProviderEndpoint(
            client: ProviderFixture.client, base: "https://127.0.0.1:\(server.port)", timeouts: timeouts)
        let error = await #expect(throws: LanguageModelError.self) { try await endpoint.get("/models") }
        #expect(error?.code == .timedOut)
        #expect(server.requests.isEmpty)
    }

    @Test(
        "a certificate that nobody vouches for is a connection error, and nothing is sent",
        .enabled(if: SelfSignedServer.hasPrograms))
    func selfSigned() async throws {
        let server = try await SelfSignedServer()
        let endpoint = ProviderEndpoint(
            client: ProviderFixture.client, base: "https://localhost:\(server.port)", timeouts: ProviderTimeouts())
        let error = await #expect(throws: LanguageModelError.self) { try await endpoint.get("/models") }
        #expect(error?.code == .connection)
        #expect(error?.logDescription.contains("certificate") == true)
        await server.stop()
        #expect(!server.output.contains("GET /models"))
    }

    @Test("an answer that is too large is refused and its connection closed")
    func hugeBody() async throws {
        let megabyte = String(repeating: " ", count: 1 << 20)
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead + (0..<65).flatMap { _ in Script.chunk(megabyte) } + [.stall])
        defer { server.stop() }
        let model = try ProviderFixture.model("groq", server)
        let error = await #expect(throws: LanguageModelError.self) { try await model.complete(ProviderFixture.request) }
        #expect(error?.code == .malformedAnswer)
        await server.clientIsGone.opened()
    }

    @Test("after refusals, cuts, garbage and cancellations no connection to the provider is left")
    func noLeak() async throws {
        let scripts: [Script] = [
            .answer(status: 500, body: "x"), .answer(type: "text/html", body: "<html>"), [.close],
            .eventStreamHead + [.close], .eventStreamHead + ProviderFixture.events(["{"]) + [.stall],
            .eventStreamHead + ProviderFixture.events([ProviderFixture.delta("a")]) + [.stall], [.stall],
            [.send("nonsense\r\n\r\n"), .close],
        ]
        for script in scripts {
            let server = try ScriptedHTTPServer(script)
            defer { server.stop() }
            let client = ProviderClient()
            var endpoint = ProviderEndpoint(client: client, base: server.base, timeouts: ProviderTimeouts())
            endpoint.timeouts.firstToken = .milliseconds(30)
            endpoint.timeouts.idle = .milliseconds(30)
            let model = ChatCompletionsModel(
                name: "m", providerName: "x", contextWindow: 1, endpoint: endpoint,
                form: ChatCompletionsRequest(model: "m"))
            for _ in 0..<20 { #expect(await Outcome(model).error != nil) }
            client.shutDown()
            #expect(try Self.openConnections(to: server.port) == 0)
        }
    }

    /// Sockets of this machine whose peer is that port of loopback and that are not closed yet: lines of
    /// `/proc/net/tcp` (proc(5)) in the states ESTABLISHED (01), SYN_SENT (02) or CLOSE_WAIT (08).
    private static func openConnections(to port: Int) throws -> Int {
        let table = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
        let peer = "0100007F:" + String(format: "%04X", port)
        return table.split(separator: "\n").dropFirst().count { line in
            let fields = line.split(separator: " ")
            return fields.count > 3 && fields[2] == peer && ["01", "02", "08"].contains(fields[3])
        }
    }
}
