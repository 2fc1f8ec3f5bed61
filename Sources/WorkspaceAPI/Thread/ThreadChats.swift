import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/workspace/:slug/thread/:threadSlug/chats` (contract/threads.md 5); page by page with ``PageQuery``.
struct ThreadChats: Endpoint {
    private let read: ReadWorkspaces
    private let threads: Threads
    private let history: ReadHistory

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        threads = Threads(dependencies)
        history = ReadHistory(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let workspace = try context.workspace(read)
        let thread = try context.thread(threads, in: workspace)
        if let page = try PageQuery(QueryParameters(request)) {
            let listed = try history.page(
                .thread(thread), after: page.cursor, limit: page.limit, descending: page.isDescending)
            return .json { $0.history(listed) }
        }
        let exchanges = try history(thread: thread)
        return .json { $0.history(exchanges) }
    }
}
