import Hummingbird
import Workspaces

/// `GET /v1/workspace/:slug/thread/:threadSlug`: one thread in the form in which it was created (contract/threads.md 2).
///
/// Answers 200 `{"thread":{…},"message":null}`, 404 `{"message":…}`. The reference has no such route.
struct GetThread: Endpoint {
    static let errorShape = ErrorShape.message

    private let read: ReadWorkspaces
    private let threads: Threads

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        threads = Threads(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let workspace = try context.workspace(read)
        let thread = try context.thread(threads, in: workspace)
        return .thread(thread)
    }
}
