import Dispatch
import Glibc

/// The one thread of ``SlowProvider``: reads questions as they come and sends a token to every stream at each tick.
struct SlowProviderLoop {
    private struct Connection {
        var received: [UInt8] = []
        /// The stream's number; nil while its question is incomplete.
        var number: Int?
        var sent = 0
    }

    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"

    private let listener: Int32
    private let tokens: Int
    /// Nanoseconds.
    private let interval: UInt64
    private var nextTick: UInt64 = 0
    private var connections: [Int32: Connection] = [:]

    init(listener: Int32, tokens: Int, interval milliseconds: Int) {
        self.listener = listener
        self.tokens = tokens
        interval = UInt64(milliseconds) * 1_000_000
    }

    var openStreams: Int { connections.values.count { $0.number != nil } }

    /// Waits for at most a twentieth of a second and does what is due.
    mutating func turn(sending: Bool) {
        var watched = ([listener] + connections.keys).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        if poll(&watched, nfds_t(watched.count), 50) > 0 {
            for entry in watched where entry.revents != 0 {
                if entry.fd == listener { accept() } else { read(entry.fd) }
            }
        }
        let now = DispatchTime.now().uptimeNanoseconds
        guard sending, now >= nextTick else { return }
        nextTick = now + interval
        for descriptor in connections.keys { sendToken(descriptor) }
    }

    mutating func closeAll() {
        for descriptor in connections.keys { close(descriptor) }
        connections = [:]
        close(listener)
    }

    private mutating func accept() {
        let descriptor = Glibc.accept(listener, nil, nil)
        if descriptor >= 0 { connections[descriptor] = Connection() }
    }

    private mutating func read(_ descriptor: Int32) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        // Carrel closes when its client has hung up.
        if count == 0 || (count < 0 && errno != EAGAIN) { return end(descriptor) }
        guard count > 0, connections[descriptor]?.number == nil else { return }
        connections[descriptor]?.received += bytes[..<count]
        guard let number = connections[descriptor].flatMap({ StreamQuestion.number(in: $0.received) }) else { return }
        connections[descriptor]?.number = number
        connections[descriptor]?.received = []
        send(Self.head, to: descriptor)
    }

    private mutating func sendToken(_ descriptor: Int32) {
        guard let connection = connections[descriptor], let number = connection.number else { return }
        if connection.sent < tokens {
            let text = StreamQuestion.token(connection.sent, of: number)
            send(#"data: {"choices":[{"index":0,"delta":{"content":"\#(text)"}}]}"# + "\n\n", to: descriptor)
            connections[descriptor]?.sent += 1
        } else {
            send(
                #"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n",
                to: descriptor)
            end(descriptor)
        }
    }

    /// An event that does not fit the socket's buffer at once is lost, which the reader's check will show.
    private func send(_ text: String, to descriptor: Int32) {
        _ = Glibc.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }

    private mutating func end(_ descriptor: Int32) {
        close(descriptor)
        connections[descriptor] = nil
    }
}
