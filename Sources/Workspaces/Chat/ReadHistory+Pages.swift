import Storage

extension ReadHistory {
    /// What is listed page by page.
    public enum Listing: Sendable {
        /// The exchanges of a workspace: those without a session, or those of one, hidden ones included.
        case workspace(Workspace, session: String?)
        case thread(ChatThread)

        fileprivate var rows: ChatListing {
            switch self {
            case .workspace(let workspace, nil): .workspace(workspace.id)
            case .workspace(let workspace, let session?): .session(session, workspaceId: workspace.id)
            case .thread(let thread): .thread(thread.id, workspaceId: thread.workspaceId)
            }
        }
    }

    /// The next exchanges in the order of their time. What is added or deleted meanwhile moves no page.
    ///
    /// - Parameters:
    ///   - cursor: of the page before; nil for the first.
    ///   - limit: rows, at least 1. Rows that cannot be read are counted, but not shown.
    public func page(
        _ listing: Listing, after cursor: ChatPage.Cursor?, limit: Int, descending: Bool
    ) throws -> ChatPage {
        let rows = try dependencies.database.read {
            try $0.chats(listing.rows, after: cursor?.position, limit: limit + 1, descending: descending)
        }
        let shown = rows.prefix(limit)
        return ChatPage(
            exchanges: shown.compactMap(ChatExchange.init),
            next: rows.count > limit ? shown.last.map { ChatPage.Cursor($0) } : nil)
    }
}
