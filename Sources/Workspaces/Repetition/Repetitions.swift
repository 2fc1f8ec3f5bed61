import Crypto
import Foundation
import Storage

/// Gives the answer of a request again when the request is sent again with the same `Idempotency-Key`.
///
/// Source: draft-ietf-httpapi-idempotency-key-header-07. A key counts for one API key and one path, for a day. Answers are
/// rows, so they outlive a restart; that of a chat is written in the transaction that stores the exchange. Any other
/// change is committed before its answer is known: a crash in between leaves the change without an answer, and a
/// repetition makes it again.
public struct Repetitions: Sendable {
    public enum Start: Sendable {
        /// The first request is being answered.
        case running
        case answered(EarlierAnswer)
        /// There was no such request.
        case first(Repetition)
    }

    /// What was answered, and to what.
    public struct EarlierAnswer: Sendable {
        let fingerprint: Data
        let answer: KeptAnswer

        /// Nil when the request says something else than the earlier one.
        public func answer(to request: RequestFingerprint) -> KeptAnswer? {
            request.value == fingerprint ? answer : nil
        }
    }

    /// Milliseconds for which an answer is given again.
    static let lifetime: Int64 = 24 * 60 * 60 * 1000

    private let dependencies: Dependencies
    private let running = RunningRequests()

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - keyID: of the API key.
    ///   - path: of the request.
    ///   - key: what the client calls the request.
    ///   - fingerprint: to be fed with the body while it is read.
    public func begin(
        keyID: String, path: String, key: String, fingerprint: RequestFingerprint
    ) throws -> Start {
        let scope = Self.scope(keyID, path, key)
        guard running.begin(scope) else { return .running }
        // From here on its end frees the scope.
        let repetition = Repetition(
            scope: scope, fingerprint: fingerprint, dependencies: dependencies, running: running)
        let oldest = dependencies.source.now() - Self.lifetime
        guard let record = try dependencies.database.read({ try $0.keptAnswer(scope: scope, since: oldest) }) else {
            return .first(repetition)
        }
        let answer = KeptAnswer(
            status: record.status, headers: KeptAnswer.headers(record.headers), body: Array(record.body))
        return .answered(EarlierAnswer(fingerprint: record.fingerprint, answer: answer))
    }

    /// Deletes what is given again no more. Every answer that is kept does so too; this is for the start of a server.
    public func removeExpired() throws {
        let oldest = dependencies.source.now() - Self.lifetime
        try dependencies.database.write { try $0.deleteKeptAnswers(upTo: oldest) }
    }

    static func scope(_ parts: String...) -> Data {
        var hash = SHA256()
        for part in parts { hash.update(data: Array("\(part.utf8.count) \(part)\n".utf8)) }
        return Data(hash.finalize())
    }
}
