import OrderedJSON
import Storage

/// Deletes a workspace with its threads, chats, documents and vectors (contract/workspaces.md 8).
///
/// One transaction; documents of the library, embeddings and the event log stay.
public struct DeleteWorkspace: Sendable {
    public enum Outcome: Sendable {
        case protected
        case unknownWorkspace
        case deleted
    }

    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    public func callAsFunction(slug: String) throws -> Outcome {
        if dependencies.settings.workspacesAreProtected { return .protected }
        let indexes = dependencies.indexes
        return try dependencies.database.write { transaction in
            guard let record = try transaction.workspace(slug: slug), let id = record.id else {
                return .unknownWorkspace
            }
            try transaction.deleteWorkspace(id: id)
            try dependencies.events(transaction).log("api_workspace_deleted", ["workspaceName": .string(record.name)])
            transaction.afterCommit { indexes.forget(workspaceId: id) }
            return .deleted
        }
    }
}
