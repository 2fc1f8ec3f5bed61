import VectorIndexing

/// The passages nearest to a query's vector (contract/vectors.md 3.2).
struct VectorRanking: Sendable {
    let scope: SearchScope

    /// - Parameters:
    ///   - query: for the workspaces of the scope.
    ///   - count: passages wanted.
    /// - Throws: ``VectorIndexError``, ``StorageError``.
    func callAsFunction(_ query: QueryVectors, count: Int) throws -> Ranking {
        var nearest: [RankedPassage] = []
        var isComplete = true
        for workspace in scope.workspaceIds {
            guard let (index, vector) = query.index(workspaceId: workspace) else { continue }
            let hits = try index.search(
                vector, count: min(count, index.count), excluding: [], including: scope.documents)
            isComplete = isComplete && (hits.count < count || count >= index.count)
            nearest += hits.map { hit in
                let distance = Double(1 - hit.similarity)
                return RankedPassage(
                    chunk: hit.id, document: hit.document, workspace: workspace, distance: distance,
                    score: SimilarityScore.score(distance: distance))
            }
        }
        if scope.workspaceIds.count > 1 {
            nearest.sort { ($0.distance ?? 2, $0.chunk) < ($1.distance ?? 2, $1.chunk) }
            isComplete = isComplete && nearest.count <= count
        }
        return Ranking(passages: Array(nearest.prefix(count)), isComplete: isComplete)
    }
}
