import OrderedJSON
import SentenceEmbedding
import Storage
import VectorIndexing

/// Finds the passages of a workspace nearest to a text (contract/vectors.md 3.2).
struct SimilaritySearch: Sendable {
    let dependencies: Dependencies

    /// - Parameters:
    ///   - query: not empty.
    ///   - topN: passages looked at, at least 1; the filters below are applied to these and nothing is refilled.
    ///   - threshold: least score, 0 to 1.
    ///   - excluding: identities of documents whose hits are dropped.
    /// - Returns: hits by increasing distance.
    /// - Throws: ``EmbeddingError``, ``VectorIndexError``, ``StorageError``.
    func callAsFunction(
        _ query: String, workspaceId: Int64, topN: Int, threshold: Double, excluding: Set<String> = []
    ) async throws -> [SearchHit] {
        let vector = try await dependencies.embedder.embed(query: query)
        let index = try dependencies.indexes.index(workspaceId: workspaceId)
        let nearest = try index.search(vector, count: min(topN, index.count), excluding: [])
        let chunks = try dependencies.database.read { try $0.chunks(ids: nearest.map(\.id)) }
        return nearest.compactMap { neighbour in
            // A chunk deleted between the two reads is no longer a hit.
            guard let chunk = chunks[neighbour.id] else { return nil }
            let distance = Double(1 - neighbour.similarity)
            let score = SimilarityScore.score(distance: distance)
            let metadata = StoredJSON.object(chunk.metadata)
            if score < threshold { return nil }
            if let identity = DocumentIdentity.of(metadata), excluding.contains(identity) { return nil }
            return SearchHit(
                id: chunk.vectorId, text: chunk.text, metadata: metadata, distance: distance, score: score)
        }
    }
}
