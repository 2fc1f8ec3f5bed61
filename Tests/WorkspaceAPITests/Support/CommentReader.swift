import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import TestSupport

/// A client of an event stream that counts comments and events as they come.
final class CommentReader: Sendable {
    let comments = ManualCounter()
    let events = ManualCounter()
    private let received = Mutex(ByteBuffer())

    var text: String { String(buffer: received.withLock { $0 }) }

    var writer: some ResponseBodyWriter { Writer(reader: self) }

    private struct Writer: ResponseBodyWriter {
        let reader: CommentReader

        mutating func write(_ buffer: ByteBuffer) async throws {
            guard let first = buffer.readableBytesView.first else { return }
            reader.received.withLock { _ = $0.writeImmutableBuffer(buffer) }
            (first == UInt8(ascii: ":") ? reader.comments : reader.events).increment()
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
