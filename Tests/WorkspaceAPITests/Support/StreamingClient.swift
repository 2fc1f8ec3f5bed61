import HTTPTypes
import Hummingbird
import NIOCore
import OrderedJSON
import Synchronization
import TestSupport

/// A client that reads a streamed answer while it comes.
final class StreamingClient: Sendable {
    /// How many events have arrived.
    let events = ManualCounter()
    private let received = Mutex(ByteBuffer())

    /// Sends the request and reads the answer to its end.
    ///
    /// - Returns: its events.
    func read(_ api: APIFixture, _ path: String, _ body: String) async throws -> [JSONValue] {
        let response = try await api.respond(.post, path, bytes: Array(body.utf8), contentType: "application/json")
        try await response.body.write(Writer(client: self))
        return try String(buffer: received.withLock { $0 }).split(separator: "\n\n").map {
            try JSONParser.parse(String($0.dropFirst("data: ".count)))
        }
    }

    private struct Writer: ResponseBodyWriter {
        let client: StreamingClient

        mutating func write(_ buffer: ByteBuffer) async throws {
            client.received.withLock { _ = $0.writeImmutableBuffer(buffer) }
            if buffer.readableBytes > 0 { client.events.increment() }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
