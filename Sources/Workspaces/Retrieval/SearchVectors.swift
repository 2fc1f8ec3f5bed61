import VectorIndexing

/// Searches workspaces directly (contract/vectors.md 2).
public struct SearchVectors: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameter request: what it leaves open is the workspace's own setting.
    /// - Returns: nil when the workspace holds no vector. Pinned documents are not filtered here.
    /// - Throws: ``EmbeddingError``, ``VectorIndexError``, ``StorageError``.
    public func callAsFunction(_ request: SearchRequest, in workspace: Workspace) async throws -> SearchResult? {
        if try dependencies.indexes.index(workspaceId: workspace.id).count == 0 { return nil }
        return try await FindPassages(dependencies: dependencies)(
            request.completed(by: workspace), in: [workspace.id])
    }

    /// Searches several workspaces as if they were one.
    ///
    /// - Parameters:
    ///   - request: what it leaves open is the default of a new workspace: normal mode, 4 hits, a score of 0.25.
    ///   - workspaces: each once.
    /// - Returns: nil when none of them holds a vector.
    /// - Throws: ``EmbeddingError``, ``VectorIndexError``, ``StorageError``.
    public func callAsFunction(_ request: SearchRequest, in workspaces: [Workspace]) async throws -> SearchResult? {
        let filled = try workspaces.filter { try dependencies.indexes.index(workspaceId: $0.id).count > 0 }
        if filled.isEmpty { return nil }
        return try await FindPassages(dependencies: dependencies)(request, in: filled.map(\.id))
    }
}
