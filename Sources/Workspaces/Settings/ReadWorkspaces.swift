import LanguageModels
import Storage

/// Reads workspaces with what belongs to them (contract/workspaces.md 5 and 6).
public struct ReadWorkspaces: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// Changes with every write to the database; what was read after looking at it holds while it is the same.
    public var generation: UInt64 { dependencies.database.generation }

    /// The workspace alone, or nil for an unknown slug.
    public func workspace(slug: String) throws -> Workspace? {
        try dependencies.database.read { try $0.workspace(slug: slug) }.map(Workspace.init)
    }

    /// The workspace with its documents and threads, or nil for an unknown slug.
    public func details(
        slug: String
    ) throws -> (workspace: Workspace, documents: [WorkspaceDocument], threads: [ChatThread])? {
        try dependencies.database.read { transaction in
            guard let record = try transaction.workspace(slug: slug), let id = record.id else { return nil }
            return (
                Workspace(record), try transaction.workspaceDocuments(workspaceId: id).map(WorkspaceDocument.init),
                try transaction.threads(workspaceId: id).map(ChatThread.init)
            )
        }
    }

    /// All workspaces in id order, each with its threads.
    public func all() throws -> [(workspace: Workspace, threads: [ChatThread])] {
        try dependencies.database.read { transaction in
            let threads = Dictionary(grouping: try transaction.threads().map(ChatThread.init), by: \.workspaceId)
            return try transaction.workspaces().map { record in
                let workspace = Workspace(record)
                return (workspace, threads[workspace.id] ?? [])
            }
        }
    }

    /// Tokens that the workspace's provider and model take, or nil when they cannot be resolved.
    public func contextWindow(of workspace: Workspace) -> Int? {
        dependencies.models.contextWindow(provider: workspace.chatProvider, model: workspace.chatModel)
    }
}
