import Hummingbird
import JavaScriptSemantics
import OrderedJSON
import Workspaces

/// `GET /v1/workspace/:slug/chats` (contract/chat.md 12.2); page by page with ``PageQuery``.
struct WorkspaceChats: Endpoint {
    private let read: ReadWorkspaces
    private let history: ReadHistory

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        history = ReadHistory(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        guard let workspace = try read.workspace(slug: context.segment("slug")) else { return .plain(.badRequest) }
        let query = QueryParameters(request)
        let session = query["apiSessionId"].flatMap { $0.isEmpty ? nil : $0 }
        if let page = try PageQuery(query) {
            let listed = try history.page(
                .workspace(workspace, session: session), after: page.cursor, limit: page.limit,
                descending: page.isDescending)
            return .json { $0.history(listed) }
        }
        let exchanges = try history(
            workspace: workspace, session: session, limit: Self.limit(query["limit"]),
            descending: query["orderBy"] == "desc")
        return .json { $0.history(exchanges) }
    }

    /// 100 for what is no number (CQ-20), otherwise at least 1.
    private static func limit(_ text: String?) -> Int {
        guard let text, let number = JavaScriptNumber.parseInt(.string(text)), number.isFinite else { return 100 }
        return Int(min(max(number, 1), 1e9))
    }
}
