import Hummingbird
import Workspaces

/// `DELETE /v1/workspace/:slug` (contract/workspaces.md 8).
struct RemoveWorkspace: Endpoint {
    private let delete: DeleteWorkspace

    init(_ dependencies: Dependencies) { delete = DeleteWorkspace(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        switch try delete(slug: context.segment("slug")) {
        case .protected:
            throw APIError(
                .forbidden, .document, "Workspace deletion is blocked by the system administrator.")
        case .unknownWorkspace: return .plain(.badRequest)
        case .deleted: return .plain(.ok)
        }
    }
}
