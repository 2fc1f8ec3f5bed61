import Logging
import SentenceEmbedding
import Storage
import VectorIndexing

/// Puts the passages that are nearest, and those that have most of the query's words, into the order of a reranker
/// (contract/vectors.md 3.3).
struct Rerank: Sendable {
    let dependencies: Dependencies
    let scope: SearchScope

    /// Passages that are reranked because they are near, of that many in the workspace.
    static func candidateCount(vectors: Int) -> Int {
        max(10, min(50, Int((0.1 * Double(vectors)).rounded(.up))))
    }

    /// - Returns: the candidates by falling relevance, which is their score; nil when the reranker failed, which has
    ///   been logged (VQ-2).
    /// - Throws: ``EmbeddingError`` when the task is cancelled, ``VectorIndexError``, ``StorageError``.
    func callAsFunction(_ query: String, vector: QueryVectors) async throws -> Ranking? {
        let candidates = try candidates(query, vector)
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
            passage.score = passage.parts?.vector ?? passage.score
            passage.parts = nil
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

    /// The nearest passages, nearest first, and after them a few that have more of the query's words than any of these: no
    /// reranker can find a code or a name in passages that it is not given.
    private func candidates(_ query: String, _ vector: QueryVectors) throws -> [RankedPassage] {
        let total = scope.workspaceIds.reduce(0) { $0 + (vector.index(workspaceId: $1)?.index.count ?? 0) }
        let count = Self.candidateCount(vectors: total)
        let both = try HybridRanking(dependencies: dependencies, scope: scope)(query, vector: vector, depth: count)
        let byDistance = both.passages.sorted { ($0.distance ?? 2, $0.chunk) < ($1.distance ?? 2, $1.chunk) }
        let nearest = byDistance.prefix(count)
        let best = nearest.reduce(0) { max($0, $1.parts?.lexical ?? 0) }
        let further = byDistance.dropFirst(count).filter { ($0.parts?.lexical ?? 0) > best }
        let byWords = further.sorted { ($0.parts?.lexical ?? 0) > ($1.parts?.lexical ?? 0) }
        return Array(nearest) + byWords.prefix(count / 5)
    }

    private func relevance(
        of candidates: [RankedPassage], _ passages: [String], to query: String
    ) async throws -> [Double] {
        if passages.isEmpty { return [] }
        if let reranker = dependencies.reranker {
            return try await reranker.relevance(of: passages, to: query)
        }
        return zip(candidates, passages).map { candidate, passage in
            FeatureReranker.relevance(
                similarity: candidate.parts?.vector ?? 0, lexicalScore: candidate.parts?.lexical ?? 0,
                closeness: FeatureReranker.closeness(of: query, in: passage))
        }
    }
}
