import Hummingbird
import NIOCore
import OrderedJSON

/// Encoded answers of read-only endpoints, valid while nothing has been written to the database.
///
/// Clients poll workspaces far more often than anybody changes one, and reading and encoding the same rows was three
/// quarters of the cost of such a request.
final class AnswerCache: Sendable {
    private struct Answers {
        var generation: UInt64 = 0
        var bodies: [String: ByteBuffer] = [:]
        var byteCount = 0
    }

    /// Bytes of all bodies and keys together; larger answers are not kept.
    private static let byteLimit = 8 << 20

    private let answers = ReadWriteLock(Answers())

    /// The kept answer, or the one that `build` makes.
    ///
    /// - Parameters:
    ///   - key: what the answer depends on besides the database.
    ///   - generation: the database's, looked at before anything was read.
    func answer(
        _ key: String, generation: UInt64, _ build: () async throws -> (inout JSONWriter) -> Void
    ) async throws -> Response {
        if let kept = kept(key, generation: generation) { return kept }
        return keep(key, generation: generation, try await build())
    }

    /// The kept answer, if there is one.
    func kept(_ key: String, generation: UInt64) -> Response? {
        answers.read { $0.generation == generation ? $0.bodies[key] : nil }.map { .json(body: $0) }
    }

    /// Builds an answer and keeps it.
    func keep(_ key: String, generation: UInt64, _ write: (inout JSONWriter) -> Void) -> Response {
        var writer = JSONWriter(reserving: 4096)
        write(&writer)
        let body = ByteBuffer(bytes: writer.bytes)
        answers.write { Self.keep(body, key, generation, &$0) }
        return .json(body: body)
    }

    private static func keep(_ body: ByteBuffer, _ key: String, _ generation: UInt64, _ answers: inout Answers) {
        // An answer older than what is kept is of no use to anybody.
        // Keys count: they come from clients, and the answer about an unknown slug is shorter than the slug.
        let size = body.readableBytes + key.utf8.count
        guard generation >= answers.generation, size <= byteLimit else { return }
        if generation > answers.generation || answers.byteCount + size > byteLimit {
            answers = Answers(generation: generation)
        }
        if answers.bodies.updateValue(body, forKey: key) == nil { answers.byteCount += size }
    }
}
