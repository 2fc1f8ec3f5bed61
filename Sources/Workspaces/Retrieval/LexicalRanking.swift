import Storage

/// The passages that have most of a query's words, the rare ones above all (BM25).
struct LexicalRanking: Sendable {
    let database: CarrelDatabase
    let scope: SearchScope

    /// - Parameter count: passages wanted.
    /// - Throws: ``StorageError``.
    func callAsFunction(_ query: String, count: Int) throws -> Ranking {
        let hits = try database.read { transaction in
            guard let query = try transaction.lexicalQuery(query) else { return [LexicalHit]() }
            return try transaction.lexicalHits(
                query, workspaceIds: scope.workspaceIds, documents: scope.documents, limit: count)
        }
        let passages = hits.map {
            RankedPassage(
                chunk: $0.id, document: $0.workspaceDocumentId, workspace: $0.workspaceId, distance: nil,
                score: $0.score)
        }
        return Ranking(passages: passages, isComplete: passages.count < count)
    }
}
