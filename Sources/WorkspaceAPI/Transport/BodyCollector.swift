import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Takes a body that is known already into memory.
final class BodyCollector: Sendable {
    private struct Writer: ResponseBodyWriter {
        let collector: BodyCollector

        mutating func write(_ buffer: ByteBuffer) async throws {
            collector.collected.withLock { _ = $0.writeImmutableBuffer(buffer) }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    private let collected = Mutex(ByteBuffer())

    var writer: some ResponseBodyWriter { Writer(collector: self) }

    var buffer: ByteBuffer { collected.withLock { $0 } }
}
