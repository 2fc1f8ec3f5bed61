/// One call's inputs on their way through the workers.
///
/// - Important: every member is used under the lock of ``EmbeddingQueue``.
final class EmbeddingRequest: @unchecked Sendable {
    // @unchecked: protected by the queue's lock, except `model`, `inputs` and `priority`, which never change.
    typealias Continuation = CheckedContinuation<Result<[[Float]], EmbeddingError>, Never>

    /// Who goes first.
    enum Priority: Sendable {
        /// Someone waits for one vector.
        case query
        /// Someone waits for a list of scores.
        case ranking
        /// Has the time that is left.
        case bulk
    }

    let model: any BatchModel
    let inputs: [EncoderInput]
    let priority: Priority
    /// Indices of inputs; each batch is one unit of work.
    private(set) var batches: [[Int]]
    /// nil once the caller has its answer.
    private var continuation: Continuation?
    private var results: [[Float]]
    private var missing: Int

    init(
        model: any BatchModel, inputs: [EncoderInput], batches: [[Int]], priority: Priority, continuation: Continuation
    ) {
        self.model = model
        self.inputs = inputs
        self.priority = priority
        self.batches = batches.reversed()
        self.continuation = continuation
        results = Array(repeating: [], count: inputs.count)
        missing = inputs.count
    }

    func nextBatch() -> [Int]? { batches.popLast() }

    /// Takes a batch's rows; they are dropped when the request was cancelled while the batch was computed.
    ///
    /// - Returns: what to resume when these were the last rows.
    func accept(_ rows: [[Float]], for batch: [Int]) -> (() -> Void)? {
        guard continuation != nil else { return nil }
        for (index, row) in zip(batch, rows) { results[index] = row }
        missing -= batch.count
        return missing == 0 ? finish(.success(results)) : nil
    }

    /// Ends the request; nothing happens when it has ended already.
    func finish(_ result: Result<[[Float]], EmbeddingError>) -> (() -> Void)? {
        batches = []
        results = []
        guard let waiting = continuation else { return nil }
        continuation = nil
        return { waiting.resume(returning: result) }
    }
}
