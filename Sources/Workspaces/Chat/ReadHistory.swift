import Storage

/// Lists the exchanges of a workspace or a thread (contract/chat.md 12.2, contract/threads.md 5).
public struct ReadHistory: Sendable {
    let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - session: nil for the default listing, else the rows of that session, hidden ones included.
    ///   - limit: rows, at least 1, taken from the start in the given direction.
    public func callAsFunction(
        workspace: Workspace, session: String?, limit: Int, descending: Bool
    ) throws -> [ChatExchange] {
        try dependencies.database.read { transaction in
            if let session {
                try transaction.chats(
                    workspaceId: workspace.id, session: session, limit: limit, descending: descending)
            } else {
                try transaction.chats(workspaceId: workspace.id, limit: limit, descending: descending)
            }
        }.compactMap(ChatExchange.init)
    }

    /// Every shown exchange of the thread, oldest first.
    public func callAsFunction(thread: ChatThread) throws -> [ChatExchange] {
        try dependencies.database.read { try $0.chats(workspaceId: thread.workspaceId, threadId: thread.id) }
            .compactMap(ChatExchange.init)
    }
}
