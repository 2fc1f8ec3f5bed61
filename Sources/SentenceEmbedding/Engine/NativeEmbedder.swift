import Synchronization

/// The built-in embedder: a sentence-transformer of BERT's architecture, run on the CPU by ``EncoderWorkers``.
public final class NativeEmbedder: SentenceEmbedder {
    public let identifier: String
    public let maximumChunkLength = 1000
    public let passagePrefix = ""
    /// Length of the vectors.
    public let dimensions: Int
    /// The numbers that the dense layers compute with.
    public let precision: EmbeddingPrecision
    /// Threads that embed.
    var threads: Int { workers.threads }

    private let model: SentenceModel
    private let workers: EncoderWorkers
    /// Vectors of this embedder's one model.
    private let cache: Mutex<QueryCache>

    /// Loads a model; takes some tens of milliseconds, most of them for packing the weights.
    ///
    /// - Parameters:
    ///   - files: the model's folder.
    ///   - name: the model's name in `identifier`, to which `int8` adds itself, because its vectors are not the same;
    ///     those of `fp32` and `int16` may stand side by side.
    ///   - threads: threads for bulk work; nil means one a core. Without effect when `workers` is given.
    ///   - cachedQueries: query vectors kept in memory.
    ///   - precision: of the dense layers.
    ///   - workers: threads to share with other models; nil means own ones.
    /// - Throws: `missingModel`, `badModel`; `badSettings` when `threads` is not 1...256 or a thread cannot start.
    public convenience init(
        files: EmbeddingModelFiles, name: String = "all-MiniLM-L6-v2", threads: Int? = nil, cachedQueries: Int = 512,
        precision: EmbeddingPrecision = .fp32, workers: EncoderWorkers? = nil
    ) throws(EmbeddingError) {
        let model = try SentenceModel(files, precision: precision)
        let threadPool: EncoderWorkers
        if let workers { threadPool = workers } else { threadPool = try EncoderWorkers(threads: threads) }
        self.init(model: model, name: name, workers: threadPool, cachedQueries: cachedQueries)
    }

    init(model: SentenceModel, name: String, workers: EncoderWorkers, cachedQueries: Int) {
        self.model = model
        self.workers = workers
        precision = model.encoder.precision
        identifier = Self.identifier(name: name, precision: precision)
        dimensions = model.encoder.sizes.hiddenSize
        cache = Mutex(QueryCache(capacity: cachedQueries))
    }

    /// What an embedder of that model and precision is called; `fp32` and `int16` share a name, so that changing between
    /// them embeds nothing again.
    public static func identifier(name: String = "all-MiniLM-L6-v2", precision: EmbeddingPrecision) -> String {
        "native/\(name)" + (precision == .int8 ? "-\(precision.rawValue)" : "")
    }

    /// Ends the threads, shared ones too; requests that wait, and later ones, fail with `cancelled`.
    public func shutDown() { workers.shutDown() }

    /// WordPiece ids of a text as the model sees them, [CLS] and [SEP] included, at most 512.
    public func tokenIDs(of text: String) -> [Int32] { model.tokenIDs(of: text) }

    public func embed(query: String) async throws(EmbeddingError) -> [Float] {
        if let vector = cache.withLock({ $0.vector(for: query) }) { return vector }
        guard let vector = try await vectors([query], batches: [[0]], priority: .query).first else {
            throw EmbeddingError(.dimensionMismatch, "The embedding of the query has no vector.")
        }
        cache.withLock { $0.store(vector, for: query) }
        return vector
    }

    public func embed(passages: [String]) async throws(EmbeddingError) -> [[Float]] {
        if passages.isEmpty { return [] }
        let batches = BatchPlan.batches(for: passages, maximumTokens: model.maximumTokens)
        return try await vectors(passages, batches: batches, priority: .bulk)
    }

    /// Passages between two reports: many batches, so that the threads seldom wait for each other, and a second of work.
    private static let reportInterval = 128

    public func embed(
        passages: [String], progress: @Sendable (Int) -> Void
    ) async throws(EmbeddingError) -> [[Float]] {
        var vectors: [[Float]] = []
        vectors.reserveCapacity(passages.count)
        for start in stride(from: 0, to: passages.count, by: Self.reportInterval) {
            vectors += try await embed(
                passages: Array(passages[start..<min(start + Self.reportInterval, passages.count)]))
            progress(vectors.count)
        }
        return vectors
    }

    private func vectors(
        _ texts: [String], batches: [[Int]], priority: EmbeddingRequest.Priority
    ) async throws(EmbeddingError) -> [[Float]] {
        let vectors = try await workers.rows(
            of: model, for: texts.map { EncoderInput(text: $0) }, batches: batches, priority: priority)
        for vector in vectors where !vector.allSatisfy(\.isFinite) {
            throw EmbeddingError(
                .badModel,
                "The embedding model gave a vector with numbers that are not finite: its weights are damaged.")
        }
        return vectors
    }
}
