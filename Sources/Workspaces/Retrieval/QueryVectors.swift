import SentenceEmbedding
import VectorIndexing

/// The indexes that a search asks, each with the query as the embedder sees it that made the vectors in it.
///
/// An index is held together with its embedder: one that is replaced meanwhile, by vectors of another embedder, is not
/// asked with a vector that it cannot be compared with.
struct QueryVectors: Sendable {
    private struct Part {
        var loaded: LoadedIndex
        var vector: [Float]
    }

    private var parts: [Int64: Part] = [:]

    /// - Throws: ``EmbeddingError``, ``VectorIndexError``, ``StorageError``.
    init(_ query: String, workspaceIds: [Int64], _ dependencies: Dependencies) async throws {
        var vectors: [String: [Float]] = [:]
        for workspaceId in workspaceIds {
            let loaded = try dependencies.indexes.loaded(workspaceId: workspaceId)
            let name = loaded.embedder ?? dependencies.embedder.identifier
            if vectors[name] == nil {
                guard let embedder = dependencies.embedder(named: name) else {
                    throw EmbeddingError(
                        .badSettings,
                        "The workspace's vectors are of \(name), which is not configured any more; it is being embedded anew."
                    )
                }
                vectors[name] = try await embedder.embed(query: query)
            }
            let vector = vectors[name] ?? []
            if let stored = loaded.index.dimensions, stored != vector.count {
                throw try ReplacedModel(dependencies: dependencies).noted(name, stored: stored, found: vector.count)
            }
            parts[workspaceId] = Part(loaded: loaded, vector: vector)
        }
    }

    /// The index of one of the workspaces and the query's vector for it, as its embedder gave it.
    func index(workspaceId: Int64) -> (index: any VectorIndex, vector: [Float])? {
        parts[workspaceId].map { ($0.loaded.index, $0.vector) }
    }

    /// Whether the workspaces have still vectors of the same embedders.
    ///
    /// - Throws: ``VectorIndexError``, ``StorageError``.
    func areCurrent(_ dependencies: Dependencies) throws -> Bool {
        try parts.allSatisfy { workspaceId, part in
            let now = try dependencies.indexes.loaded(workspaceId: workspaceId).embedder
            return now == nil || part.loaded.embedder == nil || now == part.loaded.embedder
        }
    }
}
