import NIOCore

/// A request's body, read from libfcgi as it is consumed: at most one chunk of 64 KB is in memory.
struct FastCGIRequestBody: AsyncSequence, Sendable {
    let exchange: Exchange

    struct AsyncIterator: AsyncIteratorProtocol {
        let exchange: Exchange

        mutating func next() async throws -> ByteBuffer? {
            try await exchange.onOwnThread { [exchange] in try exchange.readBody() }
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(exchange: exchange)
    }
}
