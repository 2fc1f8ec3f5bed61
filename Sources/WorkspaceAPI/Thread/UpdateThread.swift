import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/workspace/:slug/thread/:threadSlug/update` (contract/threads.md 3).
struct UpdateThread: Endpoint {
    static let errorShape = ErrorShape.thread

    private let threads: Threads

    init(_ dependencies: Dependencies) { threads = Threads(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let body = try await RequestJSON.object(request, .thread)
        let name = body["name"]
        if let name, name.stringValue == nil {
            _ = try rename(to: nil, context)
            throw APIError(.badRequest, .thread, "name must be a string")
        }
        return .thread(try rename(to: name?.stringValue, context))
    }

    /// - Throws: 404 for an unknown workspace or thread.
    private func rename(to name: String?, _ context: APIRequestContext) throws -> ChatThread {
        let outcome = try threads.rename(
            workspaceSlug: context.segment("slug"), threadSlug: context.segment("threadSlug"), to: name)
        switch outcome {
        case .unknownWorkspace: throw APIError(.notFound, .message, "Workspace not found")
        case .unknownThread, .slugTaken: throw APIError(.notFound, .message, "Thread not found")
        case .thread(let thread): return thread
        }
    }
}
