import Storage
import VectorIndexing

/// Searches a workspace directly (contract/vectors.md 2).
public struct SearchVectors: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - topN: nil for the workspace's.
    ///   - threshold: nil for the workspace's.
    /// - Returns: nil when the workspace holds no vector. Pinned documents are not filtered here.
    /// - Throws: ``EmbeddingError``, ``VectorIndexError``, ``StorageError``.
    public func callAsFunction(
        _ query: String, in workspace: Workspace, topN: Int?, threshold: Double?
    ) async throws -> [SearchHit]? {
        let index = try dependencies.indexes.index(workspaceId: workspace.id)
        if index.count == 0 { return nil }
        return try await SimilaritySearch(dependencies: dependencies)(
            query, workspaceId: workspace.id, topN: topN ?? workspace.effectiveTopN,
            threshold: threshold ?? workspace.effectiveThreshold)
    }
}
