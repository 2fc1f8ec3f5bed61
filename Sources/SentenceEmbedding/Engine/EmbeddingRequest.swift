/// One call's texts on their way through the workers.
///
/// - Important: every member is used under the lock of ``EmbeddingQueue``.
final class EmbeddingRequest: @unchecked Sendable {
    // @unchecked: protected by the queue's lock, except `texts`, which never changes.
    typealias Continuation = CheckedContinuation<Result<[[Float]], EmbeddingError>, Never>

    let texts: [String]
    /// Indices of texts; each batch is one unit of work.
    private(set) var batches: [[Int]]
    /// nil once the caller has its answer.
    private var continuation: Continuation?
    private var vectors: [[Float]]
    private var missing: Int

    init(texts: [String], batches: [[Int]], continuation: Continuation) {
        self.texts = texts
        self.batches = batches.reversed()
        self.continuation = continuation
        vectors = Array(repeating: [], count: texts.count)
        missing = texts.count
    }

    func nextBatch() -> [Int]? { batches.popLast() }

    /// Takes a batch's vectors; they are dropped when the request was cancelled while the batch was computed.
    ///
    /// - Returns: what to resume when these were the last vectors.
    func accept(_ results: [[Float]], for batch: [Int]) -> (() -> Void)? {
        guard continuation != nil else { return nil }
        for (index, vector) in zip(batch, results) { vectors[index] = vector }
        missing -= batch.count
        return missing == 0 ? finish(.success(vectors)) : nil
    }

    /// Ends the request; nothing happens when it has ended already.
    func finish(_ result: Result<[[Float]], EmbeddingError>) -> (() -> Void)? {
        batches = []
        vectors = []
        guard let waiting = continuation else { return nil }
        continuation = nil
        return { waiting.resume(returning: result) }
    }
}
