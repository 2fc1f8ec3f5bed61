/// Judges how well a passage answers a question by reading both together: a BERT with one output on top, as the
/// cross-encoders trained on MS MARCO are (Nogueira and Cho 2019, arXiv:1901.04085).
///
/// It is far slower than comparing vectors, one run of the encoder for each passage, and so orders only what a search has
/// found.
public final class CrossEncoder: Sendable {
    private let model: CrossEncoderModel
    private let workers: EncoderWorkers

    /// Loads a model.
    ///
    /// - Parameters:
    ///   - files: the model's folder.
    ///   - precision: of the encoder's dense layers.
    ///   - workers: threads to share with other models; nil means own ones, one a core.
    /// - Throws: `badModel` when the files are not those of a sound uncased `BertForSequenceClassification` with one
    ///   output; `missingModel` when one has gone; `badSettings` when a thread cannot start.
    public init(
        files: CrossEncoderFiles, precision: EmbeddingPrecision = .fp32, workers: EncoderWorkers? = nil
    ) throws(EmbeddingError) {
        model = try CrossEncoderModel(files, precision: precision)
        if let workers { self.workers = workers } else { self.workers = try EncoderWorkers() }
    }

    /// Ends the threads, shared ones too; requests that wait, and later ones, fail with `cancelled`.
    func shutDown() { workers.shutDown() }

    /// Scores passages against one question.
    ///
    /// - Returns: one logit a passage, in order: any real number, higher is better. Its logistic function is the relevance
    ///   in 0...1 that the model was trained for.
    /// - Throws: `cancelled` when the task is cancelled or the threads are ended; `badModel` when a score is not finite.
    func score(query: String, passages: [String]) async throws(EmbeddingError) -> [Float] {
        if passages.isEmpty { return [] }
        let question = model.tokenizer.pieces(of: query, limit: .max)
        let batches = BatchPlan.batches(
            for: passages, otherTokens: question.count + 3, maximumTokens: model.maximumTokens)
        let rows = try await workers.rows(
            of: model, for: passages.map { EncoderInput(question: question, text: $0) }, batches: batches,
            priority: .ranking)
        let scores = rows.compactMap(\.first)
        guard scores.count == passages.count, scores.allSatisfy(\.isFinite) else {
            throw EmbeddingError(
                .badModel, "The reranking model gave a score that is not finite: its weights are damaged.")
        }
        return scores
    }
}
