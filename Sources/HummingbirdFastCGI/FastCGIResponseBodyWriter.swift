import HTTPTypes
import Hummingbird
import NIOCore

/// Writes a response's body through libfcgi on the thread of its request.
struct FastCGIResponseBodyWriter: ResponseBodyWriter {
    let exchange: Exchange

    mutating func write(_ buffer: ByteBuffer) async throws {
        try await exchange.onOwnThread { [exchange] in try exchange.writeBody(buffer) }
    }

    /// FastCGI has no trailers; they are dropped. The response ends when the handler returns.
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
