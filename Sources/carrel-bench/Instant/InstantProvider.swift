import Foundation
import Glibc

/// A model provider that answers at once: Chat Completions, streamed or not, and embeddings. One thread a connection.
///
/// What it costs itself is measured by asking it directly, and taken off.
final class InstantProvider: Sendable {
    let port: UInt16
    private let listener: Int32

    /// - Throws: ``BenchmarkFailure`` when it cannot listen.
    init() throws {
        (listener, port) = try LocalPort.listen(backlog: 256)
        Thread.detachNewThread { [self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                Thread.detachNewThread { [self] in serve(descriptor) }
            }
        }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func serve(_ descriptor: Int32) {
        defer { close(descriptor) }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        var buffer = HTTPBuffer()
        while let message = buffer.next(from: descriptor) {
            let answer = InstantAnswer.bytes(path: message.path, body: message.body)
            guard send(descriptor, answer, answer.count, Int32(MSG_NOSIGNAL)) == answer.count else { return }
        }
    }
}
