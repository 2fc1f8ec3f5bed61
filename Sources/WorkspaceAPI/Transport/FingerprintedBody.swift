import Hummingbird
import NIOCore
import Workspaces

/// A request's body that is hashed while it is read. Whoever iterates goes on where the last reader stopped.
struct FingerprintedBody: AsyncSequence, Sendable {
    /// @unchecked Sendable: a body has one reader at a time, the endpoint and after it the middleware, in one task.
    fileprivate final class Source: @unchecked Sendable {
        var iterator: RequestBody.AsyncIterator
        let fingerprint: RequestFingerprint

        init(_ body: RequestBody, _ fingerprint: RequestFingerprint) {
            iterator = body.makeAsyncIterator()
            self.fingerprint = fingerprint
        }

        func next() async throws -> ByteBuffer? {
            let part = try await iterator.next()
            if let part { fingerprint.update(part.readableBytesView) }
            return part
        }
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let source: Source

        mutating func next() async throws -> ByteBuffer? { try await source.next() }
    }

    private let source: Source

    init(_ body: RequestBody, _ fingerprint: RequestFingerprint) { source = Source(body, fingerprint) }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source: source) }
}
