import Dispatch
import Foundation
import Glibc

/// One keep-alive connection that asks, waits, and asks again: what one client waits for, nothing else running.
struct Caller {
    struct Answer {
        var status: String
        var body: [UInt8]
        /// Milliseconds from the first byte sent to the last byte received.
        var total: Double
        /// Milliseconds to the bytes that were looked for; the total when none were.
        var first: Double
    }

    private let descriptor: Int32
    private let key: String
    private var buffer = HTTPBuffer()

    /// - Throws: ``BenchmarkFailure`` when the connection is refused.
    init(port: UInt16, key: String) throws {
        self.key = key
        descriptor = try LocalPort.connect(to: port)
        _ = fcntl(descriptor, F_SETFL, 0)
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    func hangUp() { close(descriptor) }

    /// - Parameter mark: bytes whose arrival is timed.
    /// - Throws: ``BenchmarkFailure`` when no whole answer comes.
    mutating func post(_ path: String, _ body: String, mark: String = "") throws -> Answer {
        let request =
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(key)\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let start = DispatchTime.now().uptimeNanoseconds
        func elapsed() -> Double { Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6 }
        guard send(descriptor, request, request.utf8.count, Int32(MSG_NOSIGNAL)) == request.utf8.count else {
            throw BenchmarkFailure("POST \(path) cannot be sent.")
        }
        var first: Double?
        let answer = buffer.next(from: descriptor, mark: Array(mark.utf8)) { first = elapsed() }
        guard let answer else { throw BenchmarkFailure("POST \(path): the answer is cut off.") }
        let total = elapsed()
        return Answer(status: answer.path, body: answer.body, total: total, first: first ?? total)
    }
}
