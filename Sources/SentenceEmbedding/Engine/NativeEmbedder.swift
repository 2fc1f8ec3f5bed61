import Glibc
import Synchronization

/// The built-in embedder: a sentence-transformer of BERT's architecture, run on the CPU by threads of its own.
///
/// Bulk work uses all threads, a batch at a time. A query overtakes it: it waits at most until one thread reaches the
/// end of its batch or of the encoder layer that it is in. Threads sleep while there is nothing to do, and end when the
/// embedder is released.
public final class NativeEmbedder: SentenceEmbedder {
    public let identifier: String
    public let maximumChunkLength = 1000
    public let passagePrefix = ""
    public let queryPrefix = ""
    /// Length of the vectors.
    public let dimensions: Int
    /// Threads that embed.
    public let threads: Int

    private let model: SentenceModel
    private let queue = EmbeddingQueue()
    private let cache: Mutex<QueryCache>

    /// Loads a model; takes some tens of milliseconds, most of them for packing the weights.
    ///
    /// - Parameters:
    ///   - files: the model's folder.
    ///   - name: the model's name in `identifier`.
    ///   - threads: threads for bulk work; nil means one a core.
    ///   - cachedQueries: query vectors kept in memory.
    /// - Throws: `missingModel`, `badModel`; `badSettings` when `threads` is not 1...256 or a thread cannot start.
    public convenience init(
        files: EmbeddingModelFiles, name: String = "all-MiniLM-L6-v2", threads: Int? = nil, cachedQueries: Int = 512
    ) throws(EmbeddingError) {
        try self.init(
            model: SentenceModel(files), name: name, threads: threads ?? Self.coreCount, cachedQueries: cachedQueries)
    }

    init(model: SentenceModel, name: String, threads: Int, cachedQueries: Int) throws(EmbeddingError) {
        guard (1...256).contains(threads) else {
            throw EmbeddingError(.badSettings, "\(threads) embedding threads are impossible; allowed are 1 to 256.")
        }
        self.model = model
        self.threads = threads
        identifier = "native/\(name)"
        dimensions = model.encoder.sizes.hiddenSize
        cache = Mutex(QueryCache(capacity: cachedQueries))
        do {
            for _ in 0..<threads { try EmbeddingWorker.start(queue: queue, model: model) }
        } catch {
            queue.stop()
            throw error
        }
    }

    deinit { queue.stop() }

    /// Ends the threads; requests that wait, and later ones, fail with `cancelled`.
    public func shutDown() { queue.stop() }

    /// WordPiece ids of a text as the model sees them, [CLS] and [SEP] included, at most 512.
    public func tokenIDs(of text: String) -> [Int32] { model.tokenIDs(of: text) }

    public func embed(query: String) async throws(EmbeddingError) -> [Float] {
        let text = queryPrefix + query
        if let vector = cache.withLock({ $0.vector(for: text) }) { return vector }
        guard let vector = try await submit([text], batches: [[0]], isQuery: true).first else {
            throw EmbeddingError(.dimensionMismatch, "The embedding of the query has no vector.")
        }
        cache.withLock { $0.store(vector, for: text) }
        return vector
    }

    public func embed(passages: [String]) async throws(EmbeddingError) -> [[Float]] {
        if passages.isEmpty { return [] }
        let batches = BatchPlan.batches(for: passages, maximumTokens: model.maximumTokens)
        return try await submit(passages, batches: batches, isQuery: false)
    }

    private func submit(_ texts: [String], batches: [[Int]], isQuery: Bool) async throws(EmbeddingError) -> [[Float]] {
        let running = Mutex<Submission>(.notYet)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let request = EmbeddingRequest(texts: texts, batches: batches, continuation: continuation)
                let wasCancelled = running.withLock { submission in
                    if case .cancelled = submission { return true }
                    submission = .submitted(request)
                    return false
                }
                queue.add(request, isQuery: isQuery)
                if wasCancelled { queue.cancel(request) }
            }
        } onCancel: {
            let request = running.withLock { submission in
                defer { submission = .cancelled }
                if case .submitted(let request) = submission { return request as EmbeddingRequest? }
                return nil
            }
            if let request { queue.cancel(request) }
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
