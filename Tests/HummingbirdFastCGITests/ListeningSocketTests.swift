import Foundation
import Hummingbird
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import HummingbirdFastCGI

@Suite(.timeLimit(.minutes(2))) struct ListeningSocketTests {
    private func open(_ address: FastCGIListenAddress) throws -> ListeningSocket {
        try ListeningSocket.open(address, backlog: 16, environment: [:])
    }

    @Test(
        "the socket file has the mode asked for and goes with the socket", arguments: [0o600, 0o660, 0o666] as [UInt32])
    func mode(mode: UInt32) throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("s")
        var socket: ListeningSocket? = try open(.unixSocket(path: path, mode: mode))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? NSNumber == NSNumber(value: mode))
        #expect(socket?.isTCP == false)
        socket = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("the socket belongs to the group asked for, and an unknown group is refused")
    func group() throws {
        let directory = try TemporaryDirectory()
        let name = try #require(getgrgid(getegid()).map { String(cString: $0.pointee.gr_name) })
        let socket = try open(.unixSocket(path: directory.file("s"), group: name))
        let attributes = try FileManager.default.attributesOfItem(atPath: directory.file("s"))
        #expect(attributes[.groupOwnerAccountName] as? String == name)
        _ = socket
        #expect(throws: FastCGIError.unknownGroup(name: "no such group")) {
            try open(.unixSocket(path: directory.file("t"), group: "no such group"))
        }
    }

    @Test("a stale socket file is replaced, a live one refused, another file left alone")
    func existingFile() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("s")
        let live = try open(.unixSocket(path: path))
        #expect(throws: FastCGIError.addressInUse(address: "unix:\(path)")) { try open(.unixSocket(path: path)) }
        // A killed process leaves its file; a hard link survives the removal of the original like one.
        let stale = directory.file("t")
        try FileManager.default.linkItem(atPath: path, toPath: stale)
        _ = consume live
        let replaced = try open(.unixSocket(path: stale))
        _ = try FastCGIClient(unixSocket: stale)
        _ = replaced
        let file = try directory.write("precious", to: "file")
        #expect(throws: FastCGIError.notASocket(path: file)) { try open(.unixSocket(path: file)) }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "precious")
    }

    @Test(
        "a path that is empty, too long or has a NUL is refused",
        arguments: ["", String(repeating: "x", count: 108), "a\0b"])
    func path(path: String) {
        #expect(throws: FastCGIError.self) { try open(.unixSocket(path: path)) }
    }

    @Test("TCP listens on the loopback interface only", arguments: ["127.0.0.1", "127.0.0.2", "localhost", "::1"])
    func loopback(host: String) throws {
        let socket = try open(.tcp(host: host, port: 0))
        guard case .tcp(host, let port) = socket.address else {
            Issue.record("unexpected \(socket.address)")
            return
        }
        #expect(port > 0)
    }

    @Test("other addresses are refused", arguments: ["0.0.0.0", "192.168.0.1", "::", "example.org", "", "128.0.0.1"])
    func notLoopback(host: String) {
        #expect(throws: FastCGIError.notLoopback(host: host)) { try open(.tcp(host: host, port: 0)) }
    }

    @Test(
        "what the environment must say for an inherited socket",
        arguments: [
            [:], ["LISTEN_FDS": "1"], ["LISTEN_FDS": "0", "LISTEN_PID": "self"],
            ["LISTEN_FDS": "1", "LISTEN_PID": "1"], ["LISTEN_FDS": "x", "LISTEN_PID": "self"],
            ["LISTEN_FDS": "2", "LISTEN_PID": "self"], ["LISTEN_FDS": "1", "LISTEN_PID": "self"],
        ])
    func environment(template: [String: String]) {
        let environment = template.mapValues { $0 == "self" ? String(getpid()) : $0 }
        // Descriptor 0 is no listening socket, so even the right environment is refused.
        #expect(throws: FastCGIError.self) {
            try ListeningSocket.open(.inherited, backlog: 16, environment: environment, inheritedDescriptor: 0)
        }
    }

    @Test("an inherited socket serves, and stays open after the server has stopped")
    func inherited() async throws {
        let directory = try TemporaryDirectory()
        let owner = try open(.unixSocket(path: directory.file("s")))
        let router = TestServer.makeRouter()
        router.get("/ping") { _, _ in "pong" }
        let listening = ManualGate()
        let log = RecordingLog()
        let server = FastCGIServer(
            responder: router.buildResponder(),
            configuration: FastCGIServerConfiguration(address: .inherited, logger: log.logger),
            environment: ["LISTEN_FDS": "1", "LISTEN_PID": String(getpid())],
            inheritedDescriptor: dup(owner.descriptor), onListening: { _ in listening.open() })
        let group = ServiceGroup(services: [server], logger: log.logger)
        let running = Task { try await group.run() }
        await listening.wait()
        let path = directory.file("s")
        let text = try await FastCGIClient.onThread {
            let client = try FastCGIClient(unixSocket: path)
            try client.send(FastCGIRequest("GET", "/ping"))
            return try client.readResponse()?.text
        }
        #expect(text == "pong")
        await group.triggerGracefulShutdown()
        try await running.value
        // The next process would find this connection in the queue.
        _ = try FastCGIClient(unixSocket: path)
        _ = owner
    }

    @Test("a server over TCP reports the port it got")
    func tcp() async throws {
        let router = TestServer.makeRouter()
        router.get("/ping") { _, _ in "pong" }
        let listening = ManualGate()
        let port = Mutex<UInt16>(0)
        let log = RecordingLog()
        let server = FastCGIServer(
            responder: router.buildResponder(),
            configuration: FastCGIServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0), logger: log.logger)
        ) { address in
            if case .tcp(_, let bound) = address { port.withLock { $0 = bound } }
            listening.open()
        }
        let group = ServiceGroup(services: [server], logger: log.logger)
        let running = Task { try await group.run() }
        await listening.wait()
        let bound = port.withLock { $0 }
        let text = try await FastCGIClient.onThread {
            let client = try FastCGIClient(port: bound)
            try client.send(FastCGIRequest("GET", "/ping"))
            return try client.readResponse()?.text
        }
        #expect(text == "pong")
        await group.triggerGracefulShutdown()
        try await running.value
    }
}
