import OrderedJSON
import Storage

/// Deletes exchanges for good: rows, their place in the full-text index, and answers kept for repeated requests.
public struct DeleteChats: Sendable {
    /// What to delete. Hidden rows count too.
    public struct Choice: Sendable, Equatable {
        /// Only rows of that session.
        public var session: String?
        /// Only rows made before, in milliseconds since 1970.
        public var before: Int64?
        /// Only rows made then or later, in milliseconds since 1970.
        public var since: Int64?

        public init(session: String? = nil, before: Int64? = nil, since: Int64? = nil) {
            self.session = session
            self.before = before
            self.since = since
        }
    }

    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameter thread: nil for the rows of the workspace that are in no thread.
    /// - Returns: how many exchanges were deleted.
    public func callAsFunction(_ choice: Choice, workspace: Workspace, thread: ChatThread? = nil) throws -> Int {
        try dependencies.database.write { transaction in
            let count = try transaction.deleteChats(
                ChatSelection(
                    workspaceId: workspace.id, threadId: thread?.id, session: choice.session, before: choice.before,
                    since: choice.since))
            if count > 0 {
                try dependencies.events(transaction).log(
                    "api_workspace_chats_deleted",
                    ["workspaceName": .string(workspace.name), "chats": .number(Double(count))])
            }
            return count
        }
    }
}
