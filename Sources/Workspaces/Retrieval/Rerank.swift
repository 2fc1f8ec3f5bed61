import Logging
import SentenceEmbedding
import Storage
import VectorIndexing

/// Puts the nearest passages into the order of a reranker (contract/vectors.md 3.3).
struct Rerank: Sendable {
    let dependencies: Dependencies

    /// Passages that are reranked, of that many in the workspace.
    static func candidateCount(vectors: Int) -> Int {
        max(10, min(50, Int((0.1 * Double(vectors)).rounded(.up))))
    }

    /// - Returns: the candidates by falling relevance, which is their score; nil when the reranker failed, which has
    ///   been logged (VQ-2).
    /// - Throws: ``EmbeddingError`` when the task is cancelled, ``VectorIndexError``, ``StorageError``.
    func callAsFunction(_ query: String, vector: QueryVectors, _ nearest: VectorRanking) async throws -> Ranking? {
        let total = nearest.scope.workspaceIds.reduce(0) {
            $0 + (vector.index(workspaceId: $1)?.index.count ?? 0)
        }
        let candidates = try nearest(vector, count: Self.candidateCount(vectors: total)).passages
        let texts = try dependencies.database.read { try $0.chunks(ids: candidates.map(\.chunk)) }.mapValues(\.text)
        let existing = candidates.filter { texts[$0.chunk] != nil }
        let passages = existing.map { texts[$0.chunk] ?? "" }
        let relevance: [Double]
        do {
            relevance = try await self.relevance(of: existing, passages, to: query)
        } catch let error as EmbeddingError {
            if Task.isCancelled { throw error }
            // The code alone: what a provider answers may repeat the question or a passage.
            dependencies.logger.warning("rerank failed", metadata: ["error.code": .string("\(error.code)")])
            return nil
        }
        let scored = zip(existing, relevance).enumerated().map { position, pair in
            var passage = pair.0
            passage.reranking = SearchHit.Reranking(corpusId: position, score: pair.1)
            if pair.1 != 0 { passage.score = pair.1 }
            return passage
        }
        let sorted = scored.enumerated().sorted { first, second in
            let (a, b) = (first.element.reranking?.score ?? 0, second.element.reranking?.score ?? 0)
            return a != b ? a > b : first.offset < second.offset
        }
        return Ranking(passages: sorted.map(\.element), isComplete: true)
    }

    private func relevance(
        of candidates: [RankedPassage], _ passages: [String], to query: String
    ) async throws -> [Double] {
        if passages.isEmpty { return [] }
        if let reranker = dependencies.reranker {
            return try await reranker.relevance(of: passages, to: query)
        }
        let lexical = try dependencies.database.read { transaction in
            guard let words = try transaction.lexicalQuery(query) else { return [Int64: Double]() }
            return try transaction.lexicalScores(words, chunks: candidates.map(\.chunk))
        }
        return zip(candidates, passages).map { candidate, passage in
            FeatureReranker.relevance(
                similarity: candidate.score, lexicalScore: lexical[candidate.chunk] ?? 0,
                closeness: FeatureReranker.closeness(of: query, in: passage))
        }
    }
}
