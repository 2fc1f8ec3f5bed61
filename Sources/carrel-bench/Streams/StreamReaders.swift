import Dispatch
import Glibc

/// Clients of Carrel's event streams: many connections, read by one thread.
struct StreamReaders {
    private struct Reader {
        var received: [UInt8] = []
        var isOpen = true
    }

    private let descriptors: [Int32]
    private var readers: [Int32: Reader] = [:]

    /// Opens the streams and asks each its question.
    ///
    /// HTTP/1.0, whose answers end with the connection, so that events come without chunks around them.
    /// - Throws: ``BenchmarkFailure`` when a connection is refused.
    init(count: Int, port: UInt16, path: String, key: String) throws {
        var descriptors: [Int32] = []
        for number in 0..<count {
            let body = #"{"message":"\#(StreamQuestion.message(number))","mode":"chat"}"#
            let request =
                "POST \(path) HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer \(key)\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            let descriptor = try LocalPort.connect(to: port)
            descriptors.append(descriptor)
            readers[descriptor] = Reader()
            guard send(descriptor, request, request.utf8.count, Int32(MSG_NOSIGNAL)) == request.utf8.count
            else {
                throw BenchmarkFailure("Request \(number) cannot be sent.")
            }
        }
        self.descriptors = descriptors
    }

    var openCount: Int { readers.values.count(where: \.isOpen) }

    /// What each stream has answered, in the order of their numbers.
    var answers: [[UInt8]] { descriptors.map { readers[$0]?.received ?? [] } }

    /// Reads what comes until `seconds` have passed or every stream has ended.
    mutating func read(seconds: Double) {
        let end = DispatchTime.now().uptimeNanoseconds + UInt64(seconds * 1e9)
        while openCount > 0, DispatchTime.now().uptimeNanoseconds < end {
            var watched = readers.filter(\.value.isOpen).keys.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&watched, nfds_t(watched.count), 50) > 0 else { continue }
            for entry in watched where entry.revents != 0 { read(entry.fd) }
        }
    }

    private mutating func read(_ descriptor: Int32) {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        if count > 0 {
            readers[descriptor]?.received += bytes[..<count]
        } else if count == 0 || errno != EAGAIN {
            readers[descriptor]?.isOpen = false
        }
    }

    func closeAll() { for descriptor in descriptors { close(descriptor) } }
}
