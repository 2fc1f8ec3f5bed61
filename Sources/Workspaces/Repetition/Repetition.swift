import Foundation
import Storage
import Synchronization

/// A request that may be sent again, while it is answered for the first time.
///
/// Its answer is kept once: by whoever knows it first. Until ``end()``, or as long as the value lives, a second request is
/// refused.
public final class Repetition: Sendable {
    private struct State {
        /// What of a streamed answer has been sent.
        var recorded: [UInt8] = []
        /// Kept, or not worth keeping.
        var isSettled = false
        var hasEnded = false

        mutating func settle() {
            isSettled = true
            recorded = []
        }
    }

    public let fingerprint: RequestFingerprint
    private let scope: Data
    private let dependencies: Dependencies
    private let running: RunningRequests
    private let state = Mutex(State())

    init(scope: Data, fingerprint: RequestFingerprint, dependencies: Dependencies, running: RunningRequests) {
        self.scope = scope
        self.fingerprint = fingerprint
        self.dependencies = dependencies
        self.running = running
    }

    deinit { end() }

    /// The request has been answered; the next one of its key is no longer refused.
    public func end() {
        let isFirst = state.withLock { state in
            defer { state.hasEnded = true }
            return !state.hasEnded
        }
        if isFirst { running.end(scope) }
    }

    /// Notes the next bytes of an answer that is sent while it is made.
    public func record(_ bytes: some Collection<UInt8>) {
        state.withLock { state in
            if state.isSettled { return }
            state.recorded.append(contentsOf: bytes)
            if state.recorded.count > KeptAnswer.maximumBodyLength { state.settle() }
        }
    }

    /// The bytes noted so far.
    public var recorded: [UInt8] { state.withLock { $0.recorded } }

    /// The answer is not whole: the request may be tried again.
    public func discard() { state.withLock { $0.settle() } }

    /// Keeps the answer, unless that has happened or it is not to be kept.
    ///
    /// - Throws: ``StorageError``.
    public func keep(_ answer: KeptAnswer) throws {
        if state.withLock({ $0.isSettled }) { return }
        try dependencies.database.write { try keep(answer, chatId: nil, $0) }
    }

    /// The same inside the transaction of what the request changes: both survive a crash, or neither does.
    func keep(_ answer: KeptAnswer, chatId: Int64?, _ transaction: Transaction) throws {
        guard !state.withLock({ $0.isSettled }), answer.body.count <= KeptAnswer.maximumBodyLength else { return }
        let now = dependencies.source.now()
        try transaction.deleteKeptAnswers(upTo: now - Repetitions.lifetime)
        try transaction.insert(
            KeptAnswerRecord(
                scope: scope, fingerprint: fingerprint.value, status: answer.status, headers: answer.headerLines,
                body: Data(answer.body), chatId: chatId, createdAt: now))
        transaction.afterCommit { [self] in discard() }
    }
}
