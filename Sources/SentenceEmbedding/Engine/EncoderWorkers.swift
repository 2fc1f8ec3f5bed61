import Glibc
import Synchronization

/// The threads that run native models: one a core for what somebody waits for and one a core for bulk work, unless told
/// otherwise.
///
/// An embedder and a cross-encoder that share them do not fight for the cores. Bulk work has the time that nothing else
/// wants, a query or a ranking takes the core from it at once. Among these a query goes before every batch of a ranking
/// that has not begun. Threads sleep while there is nothing to do, and end when this object is released.
public final class EncoderWorkers: Sendable {
    /// Of each kind.
    public let threads: Int
    private let lines = EmbeddingLines()

    /// - Parameter threads: nil means one a core.
    /// - Throws: `badSettings` when `threads` is not 1...256 or a thread cannot start.
    init(threads: Int? = nil) throws(EmbeddingError) {
        let count = threads ?? Self.coreCount
        guard (1...256).contains(count) else {
            throw EmbeddingError(.badSettings, "\(count) embedding threads are impossible; allowed are 1 to 256.")
        }
        self.threads = count
        do {
            for _ in 0..<count {
                try EmbeddingWorker.start(lines, .foreground)
                try EmbeddingWorker.start(lines, .background)
            }
        } catch {
            lines.stop()
            throw error
        }
    }

    deinit { lines.stop() }

    /// Ends the threads; requests that wait, and later ones, fail with `cancelled`.
    func shutDown() { lines.stop() }

    /// Computes one row an input.
    ///
    /// - Parameters:
    ///   - inputs: at least one.
    ///   - batches: indices of `inputs`, each in exactly one batch.
    /// - Throws: `cancelled` when the calling task is cancelled or the threads are ended.
    func rows(
        of model: any BatchModel, for inputs: [EncoderInput], batches: [[Int]], priority: EmbeddingRequest.Priority
    ) async throws(EmbeddingError) -> [[Float]] {
        let running = Mutex<Submission>(.notYet)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let request = EmbeddingRequest(
                    model: model, inputs: inputs, batches: batches, priority: priority, continuation: continuation)
                let wasCancelled = running.withLock { submission in
                    if case .cancelled = submission { return true }
                    submission = .submitted(request)
                    return false
                }
                lines.add(request)
                if wasCancelled { lines.cancel(request) }
            }
        } onCancel: {
            let request = running.withLock { submission in
                defer { submission = .cancelled }
                if case .submitted(let request) = submission { return request as EmbeddingRequest? }
                return nil
            }
            if let request { lines.cancel(request) }
        }
        return try result.get()
    }

    /// Cancellation may come before the request exists.
    private enum Submission {
        case notYet
        case submitted(EmbeddingRequest)
        case cancelled
    }

    private static var coreCount: Int { min(256, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
