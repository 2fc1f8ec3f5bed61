import SentenceEmbedding
import Storage

/// Passages ranked by meaning and by words, fused by their places.
///
/// The order is that of ``ReciprocalRankFusion``. Its sums say nothing about how well a passage answers, so what is
/// shown as the score, and compared with the threshold, is the better one of the two scores: `vectorScore`, the
/// similarity that plain mode shows, or `lexicalScore`, the part of the query's words that the passage has. A threshold
/// then means what it means in plain mode, and a passage that only words find is shown.
struct HybridRanking: Sendable {
    let dependencies: Dependencies
    let scope: SearchScope

    /// Passages with less of the query's words than this, or than this part of what the best one has, take no place in
    /// the ranking by words: where only places count, the first of a hundred poor ones would count as much as a perfect
    /// one.
    ///
    /// On the tuned questions of the quality set a least score from 0.35 to 0.5 and a part from 0.7 to 0.9 are as good. At 0.2, questions in
    /// other words than their passages lose a sixth of their reciprocal rank; without the part, passages about the other
    /// codes of a list go before the one that was asked for.
    private static let (leastLexicalScore, leastPartOfBest) = (0.4, 0.7)

    /// - Parameters:
    ///   - vector: of the query, for the workspaces of the scope.
    ///   - depth: passages of each of the two rankings.
    /// - Throws: ``EmbeddingError``, ``VectorIndexError``, ``StorageError``.
    func callAsFunction(_ query: String, vector: QueryVectors, depth: Int) throws -> Ranking {
        let nearest = try VectorRanking(scope: scope)(vector, count: depth)
        var directions: [Int64: [Float]] = [:]
        for workspace in scope.workspaceIds {
            directions[workspace] = try vector.index(workspaceId: workspace).map {
                try UnitVector.normalised($0.vector)
            }
        }
        return try dependencies.database.read { [directions] transaction in
            guard let words = try transaction.lexicalQuery(query) else {
                return Self.fused(nearest, [], [:], [:])
            }
            let matches = try transaction.lexicalHits(
                words, workspaceIds: scope.workspaceIds, documents: scope.documents, limit: depth)
            let least = max(Self.leastLexicalScore, Self.leastPartOfBest * (matches.first?.score ?? 0))
            let good = matches.filter { $0.score >= least }
            let near = Set(nearest.passages.map(\.chunk))
            let vectors = try transaction.vectors(chunks: good.map(\.id).filter { !near.contains($0) })
            var scores = Dictionary(matches.map { ($0.id, $0.score) }, uniquingKeysWith: { first, _ in first })
            if matches.count == depth {  // There may be further ones, and the nearest may be among them.
                let unknown = near.filter { scores[$0] == nil }
                scores.merge(try transaction.lexicalScores(words, chunks: Array(unknown))) { first, _ in first }
            }
            var distances: [Int64: Double] = [:]
            for match in good {
                guard let vector = vectors[match.id], let direction = directions[match.workspaceId] else { continue }
                distances[match.id] = Self.distance(vector, direction)
            }
            var ranking = Self.fused(nearest, good, scores, distances)
            ranking.isComplete = nearest.isComplete && matches.count < depth
            return ranking
        }
    }

    private static func fused(
        _ nearest: Ranking, _ matches: [LexicalHit], _ lexicalScores: [Int64: Double], _ distances: [Int64: Double]
    ) -> Ranking {
        var passages = Dictionary(nearest.passages.map { ($0.chunk, $0) }, uniquingKeysWith: { first, _ in first })
        for match in matches where passages[match.id] == nil {
            let distance = distances[match.id] ?? 1
            passages[match.id] = RankedPassage(
                chunk: match.id, document: match.workspaceDocumentId, workspace: match.workspaceId,
                distance: distance, score: SimilarityScore.score(distance: distance))
        }
        let order = ReciprocalRankFusion.scores([nearest.passages.map(\.chunk), matches.map(\.id)])
        let scored = passages.values.map { passage in
            var passage = passage
            let parts = SearchHit.Parts(vector: passage.score, lexical: lexicalScores[passage.chunk] ?? 0)
            passage.parts = parts
            passage.score = max(parts.vector, parts.lexical)
            return passage
        }
        let sorted = scored.sorted { first, second in
            let (a, b) = (order[first.chunk] ?? 0, order[second.chunk] ?? 0)
            if a != b { return a > b }
            return first.score != second.score ? first.score > second.score : first.chunk < second.chunk
        }
        return Ranking(passages: sorted, isComplete: nearest.isComplete)
    }

    /// Cosine distance; a vector that another embedder left behind is no nearer than an unrelated one.
    private static func distance(_ vector: [Float], _ direction: [Float]) -> Double {
        guard vector.count == direction.count else { return 1 }
        return 1 - zip(vector, direction).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    }
}
