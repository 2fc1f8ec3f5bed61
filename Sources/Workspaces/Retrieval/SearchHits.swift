import OrderedJSON
import Storage

/// Reads what a search shows of the passages that it ranked.
struct SearchHits: Sendable {
    let dependencies: Dependencies

    /// - Parameter excluding: identities of documents whose hits are dropped.
    /// - Returns: hits in the order of the passages, without those below the threshold; nothing takes their place.
    /// - Throws: ``StorageError``.
    func callAsFunction(
        _ passages: [RankedPassage], _ request: SearchRequest, excluding: Set<String>
    ) throws -> [SearchHit] {
        let shown = passages.filter { $0.score >= request.effectiveThreshold }
        return try dependencies.database.read { transaction in
            let chunks = try transaction.chunks(ids: shown.map(\.chunk))
            return try shown.compactMap { passage in
                // A chunk deleted between the two reads is no longer a hit.
                guard let chunk = chunks[passage.chunk] else { return nil }
                let metadata = StoredJSON.object(chunk.metadata)
                if let identity = DocumentIdentity.of(metadata), excluding.contains(identity) { return nil }
                return SearchHit(
                    id: chunk.vectorId, text: chunk.text, metadata: metadata, distance: passage.distance,
                    score: passage.score, workspaceId: passage.workspace, reranking: passage.reranking,
                    parts: passage.parts,
                    place: request.showsPlace || request.neighbours > 0
                        ? try place(of: passage.chunk, neighbours: request.neighbours, transaction) : nil)
            }
        }
    }

    private func place(
        of chunk: Int64, neighbours: Int, _ transaction: Transaction
    ) throws -> SearchHit.Place? {
        guard let place = try transaction.place(chunk: chunk) else { return nil }
        let around =
            neighbours > 0
            ? try transaction.passages(
                embeddingId: place.embeddingId,
                positions: place.position - neighbours...place.position + neighbours) : []
        return SearchHit.Place(
            index: place.position, count: place.count,
            before: around.filter { $0.position < place.position }.map(\.text),
            after: around.filter { $0.position > place.position }.map(\.text))
    }
}
