import Storage

/// Changes settings of a workspace (contract/workspaces.md 7). Neither the slug nor `lastUpdatedAt` follows.
public struct UpdateWorkspace: Sendable {
    public enum Outcome: Sendable, Equatable {
        case unknownWorkspace
        /// The request names no setting; the workspace's id.
        case nothingToUpdate(Int64)
        case updated(Workspace)
    }

    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Throws: ``StorageError`` when the row cannot be written.
    public func callAsFunction(slug: String, changes: WorkspaceChanges) throws -> Outcome {
        var changes = changes
        changes.applyProviderRules()
        if changes.isEmpty {
            let id = try dependencies.database.read { try $0.workspace(slug: slug)?.id }
            return id.map(Outcome.nothingToUpdate) ?? .unknownWorkspace
        }
        return try dependencies.database.write { transaction in
            guard var record = try transaction.workspace(slug: slug) else { return .unknownWorkspace }
            changes.apply(to: &record)
            try transaction.update(record)
            return .updated(Workspace(record))
        }
    }
}
