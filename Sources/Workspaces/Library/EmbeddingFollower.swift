import Storage

/// Someone who follows the embedding of one document and may add to its transaction.
struct EmbeddingFollower: Sendable {
    enum Stage: Sendable, Equatable {
        /// The text is read and split.
        case reading
        case embedding(done: Int, total: Int)
        /// The transaction is written.
        case storing
    }

    var report: @Sendable (Stage) -> Void = { _ in }
    /// Runs inside the document's transaction, at its end; what it throws undoes the whole of it.
    var commit: @Sendable (Transaction, _ chunks: Int) throws -> Void = { _, _ in }
}
