import Storage

/// Finds passages in whichever way a request wants: the one search behind chats and the search endpoints.
struct FindPassages: Sendable {
    let dependencies: Dependencies

    /// Passages of each ranking that hybrid mode fuses, at least.
    private static let hybridDepth = 50

    /// - Parameters:
    ///   - request: with a mode, a number of hits and a threshold.
    ///   - workspaceIds: searched as if they were one.
    ///   - excluding: identities of documents whose hits are dropped.
    /// - Returns: hits in the order of the mode.
    /// - Throws: ``EmbeddingError``, ``VectorIndexError``, ``StorageError``.
    func callAsFunction(
        _ request: SearchRequest, in workspaceIds: [Int64], excluding: Set<String> = []
    ) async throws -> SearchResult {
        try await dependencies.swapGate.search(workspaceIds) {
            try await find(request, in: workspaceIds, excluding: excluding)
        }
    }

    private func find(
        _ request: SearchRequest, in workspaceIds: [Int64], excluding: Set<String>
    ) async throws -> SearchResult {
        let scope = try SearchScope(workspaceIds, filter: request.filter, dependencies)
        if scope.documents?.isEmpty == true { return SearchResult() }
        while true {
            let vectors =
                request.effectiveMode == .lexical
                ? nil : try await QueryVectors(request.query, workspaceIds: workspaceIds, dependencies)
            let (ranking, isReranked) = try await ranking(request, scope, vectors)
            let hits = try SearchHits(dependencies: dependencies)(
                Array(ranking.passages.prefix(request.effectiveTopN)), request, excluding: excluding)
            // Vectors of another embedder have taken the place of those that were searched, and their chunks with them.
            if let vectors, try !vectors.areCurrent(dependencies) { continue }
            return SearchResult(hits: hits, isReranked: isReranked)
        }
    }

    private func ranking(
        _ request: SearchRequest, _ scope: SearchScope, _ vectors: QueryVectors?
    ) async throws -> (ranking: Ranking, isReranked: Bool) {
        let (database, topN) = (dependencies.database, request.effectiveTopN)
        guard let vector = vectors else {
            return (
                try deepened(request, from: topN) {
                    try LexicalRanking(database: database, scope: scope)(request.query, count: $0)
                }, true
            )
        }
        let nearest = VectorRanking(scope: scope)
        switch request.effectiveMode {
        case .hybrid:
            let hybrid = HybridRanking(dependencies: dependencies, scope: scope)
            let ranking = try deepened(request, from: max(Self.hybridDepth, min(topN, 1 << 20) * 4)) { depth in
                var ranking = try hybrid(request.query, vector: vector, depth: depth)
                // Before the limit: the order is not that of the score, so the first ones may be below the threshold.
                ranking.passages.removeAll { $0.score < request.effectiveThreshold }
                return ranking
            }
            return (ranking, true)
        case .rerank:
            let reranked = try await Rerank(dependencies: dependencies, scope: scope)(request.query, vector: vector)
            if let reranked { return (reranked.limited(perDocument: request.maxPerDocument), true) }
            return (try deepened(request, from: topN) { try nearest(vector, count: $0) }, false)
        case .normal, .lexical:
            return (try deepened(request, from: topN) { try nearest(vector, count: $0) }, true)
        }
    }

    /// Looks deeper while the limit for each document leaves too few passages.
    private func deepened(
        _ request: SearchRequest, from first: Int, _ rank: (Int) throws -> Ranking
    ) throws -> Ranking {
        var depth = first
        while true {
            let found = try rank(depth)
            let kept = found.limited(perDocument: request.maxPerDocument)
            if request.maxPerDocument == nil || found.isComplete || kept.passages.count >= request.effectiveTopN {
                return kept
            }
            depth *= 4
        }
    }
}
