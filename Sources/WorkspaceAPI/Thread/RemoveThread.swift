import Hummingbird
import Workspaces

/// `DELETE /v1/workspace/:slug/thread/:threadSlug` (contract/threads.md 4).
struct RemoveThread: Endpoint {
    private let threads: Threads

    init(_ dependencies: Dependencies) { threads = Threads(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let isKnown = try threads.delete(
            workspaceSlug: context.segment("slug"), threadSlug: context.segment("threadSlug"))
        return .plain(isKnown ? .ok : .badRequest)
    }
}
