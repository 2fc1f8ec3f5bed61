import Storage

/// Pins a document of a workspace, so that chats always get it whole, or unpins it (contract/vectors.md 7).
public struct UpdatePin: Sendable {
    public enum Outcome: Sendable {
        case unknownWorkspace
        case unknownDocument
        case updated
    }

    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameter docpath: compared exactly; nil is unknown.
    public func callAsFunction(workspaceSlug: String, docpath: String?, pinned: Bool) throws -> Outcome {
        try dependencies.database.write { transaction in
            guard let workspace = try transaction.workspace(slug: workspaceSlug)?.id else { return .unknownWorkspace }
            guard let docpath,
                let document = try transaction.workspaceDocument(workspaceId: workspace, docpath: docpath)?.id
            else { return .unknownDocument }
            try transaction.setPinned(pinned, workspaceDocumentId: document)
            return .updated
        }
    }
}
