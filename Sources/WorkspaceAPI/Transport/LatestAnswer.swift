import Hummingbird
import NIOCore
import Synchronization

/// The last answer of an endpoint that is large and the same for everybody, until what it shows changes.
///
/// Unlike ``AnswerCache`` it outlives writes that do not matter to it, and holds one answer only.
final class LatestAnswer: Sendable {
    private struct Kept {
        var version: String
        var body: ByteBuffer
    }

    /// Bytes; larger answers are made anew each time.
    private static let byteLimit = 32 << 20

    private let kept = Mutex<Kept?>(nil)

    /// The kept answer of this version, or the one that `build` makes.
    ///
    /// - Parameter version: of what the answer shows, looked at before anything was read.
    func answer(version: String, _ build: () throws -> ByteBuffer) rethrows -> Response {
        if let body = kept.withLock({ $0?.version == version ? $0?.body : nil }) { return .json(body: body) }
        let body = try build()
        if body.readableBytes <= Self.byteLimit { kept.withLock { $0 = Kept(version: version, body: body) } }
        return .json(body: body)
    }
}
