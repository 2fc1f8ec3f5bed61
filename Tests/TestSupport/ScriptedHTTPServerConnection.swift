import Glibc

/// One accepted connection: reads requests, runs scripts, notices when the client goes.
struct ScriptedHTTPServerConnection {
    /// `POLLRDHUP` of Linux, which Glibc's module does not export.
    private static let peerClosed: Int16 = 0x2000

    private let descriptor: Int32
    private let number: Int
    private let stopping: ScriptedHTTPServerGate
    private var input: [UInt8] = []
    /// The client has closed its side.
    private(set) var isClientGone = false

    init(descriptor: Int32, number: Int, stopping: ScriptedHTTPServerGate) {
        self.descriptor = descriptor
        self.number = number
        self.stopping = stopping
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    func close() { _ = Glibc.close(descriptor) }

    /// The next request, or nil when the client is gone or the server stops.
    mutating func readRequest() -> ScriptedHTTPServer.Request? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let head = input.firstRange(of: end) {
                let text = String(decoding: input[..<head.lowerBound], as: UTF8.self)
                var request = Self.request(text, connection: number)
                let length = request.headers["content-length"].flatMap(Int.init) ?? 0
                while input.count < head.upperBound + length {
                    guard receive() else { return nil }
                }
                request.body = Array(input[head.upperBound..<head.upperBound + length])
                input.removeFirst(head.upperBound + length)
                return request
            }
            guard receive() else { return nil }
        }
    }

    /// - Returns: whether the connection may serve another request.
    mutating func run(_ steps: [ScriptedHTTPServerStep]) -> Bool {
        for step in steps {
            switch step {
            case .send(let bytes): guard write(bytes) else { return false }
            case .wait(let gate): guard wait(for: gate) else { return false }
            case .open(let gate): gate.open()
            case .stall:
                _ = wait(for: nil)
                return false
            case .close: return false
            }
        }
        return true
    }

    private static func request(_ head: String, connection: Int) -> ScriptedHTTPServer.Request {
        let lines = head.split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return ScriptedHTTPServer.Request(
            method: words.first.map(String.init) ?? "", path: words.count > 1 ? String(words[1]) : "",
            headers: headers, body: [], connection: connection)
    }

    /// Waits for the gate, the client's close or the server's stop.
    ///
    /// - Returns: whether the gate is open and the client still there.
    private mutating func wait(for gate: ScriptedHTTPServerGate?) -> Bool {
        var waits = [
            pollfd(fd: descriptor, events: Self.peerClosed, revents: 0),
            pollfd(fd: stopping.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: gate?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&waits, nfds_t(waits.count), -1) < 0, errno == EINTR {}
        if waits[0].revents != 0 {
            isClientGone = true
            return false
        }
        return waits[1].revents == 0
    }

    private mutating func receive() -> Bool {
        var waits = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stopping.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&waits, nfds_t(waits.count), -1) < 0, errno == EINTR {}
        if waits[1].revents != 0 { return false }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count <= 0 {
            isClientGone = true
            return false
        }
        input += buffer[..<count]
        return true
    }

    private mutating func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                send(
                    descriptor, buffer.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL)
                )
            }
            if count < 0, errno == EINTR { continue }
            if count <= 0 {
                isClientGone = true
                return false
            }
            sent += count
        }
        return true
    }
}
