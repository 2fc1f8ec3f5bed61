import Glibc
import Synchronization

/// A tiny HTTP/1.1 server on loopback whose answers are scripts, for tests of clients.
///
/// Each connection has a thread of its own. The script of a request says which bytes are written and when, so that a
/// test can cut, stall or garble an answer anywhere. Requests are recorded.
public final class ScriptedHTTPServer: Sendable {
    /// A request as it came in.
    public struct Request: Sendable {
        public var method: String
        public var path: String
        /// Names in small letters.
        public var headers: [String: String]
        public var body: [UInt8]
        /// Number of the connection, from 0.
        public var connection: Int

        public var text: String { String(decoding: body, as: UTF8.self) }
    }

    public typealias Script = @Sendable (Request) -> [ScriptedHTTPServerStep]

    private struct State {
        var requests: [Request] = []
        var connections: [Int32] = []
        var accepted = 0
    }

    public let port: Int
    /// Opened when a client closes a connection that a script has not closed.
    public let clientIsGone = ScriptedHTTPServerGate()
    private let listener: Int32
    private let stopping = ScriptedHTTPServerGate()
    private let script: Script
    private let state = Mutex(State())

    /// Starts to listen on a free port.
    public init(script: @escaping Script) throws {
        self.script = script
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { throw SystemCallError("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 128) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isListening else {
            Glibc.close(descriptor)
            throw SystemCallError("listen")
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        startThread { [self] in acceptConnections() }
    }

    /// Answers every request with the same steps.
    public convenience init(_ steps: [ScriptedHTTPServerStep]) throws {
        try self.init(script: { _ in steps })
    }

    public var base: String { "http://127.0.0.1:\(port)/v1" }

    public var requests: [Request] { state.withLock { $0.requests } }

    /// How many connections have been accepted.
    public var connectionCount: Int { state.withLock { $0.accepted } }

    /// Stops listening and ends all connections; must be called, because the threads keep the server alive.
    public func stop() {
        stopping.open()
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func acceptConnections() {
        while !stopping.isOpen {
            let descriptor = accept(listener, nil, nil)
            if descriptor < 0 { break }
            let number = state.withLock { state in
                defer { state.accepted += 1 }
                return state.accepted
            }
            startThread { [self] in serve(descriptor, number: number) }
        }
        Glibc.close(listener)
    }

    private func serve(_ descriptor: Int32, number: Int) {
        var connection = ScriptedHTTPServerConnection(descriptor: descriptor, number: number, stopping: stopping)
        while let request = connection.readRequest() {
            state.withLock { $0.requests.append(request) }
            guard connection.run(script(request)) else { break }
        }
        if connection.isClientGone { clientIsGone.open() }
        connection.close()
    }

    private func startThread(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(ThreadBody(body))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer { Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
        if result == 0 { pthread_detach(thread) } else { box.release() }
    }

    private final class ThreadBody: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// A failing call to the operating system.
    struct SystemCallError: Error {
        let name: String
        let code: Int32

        init(_ name: String) {
            self.name = name
            code = errno
        }
    }
}
