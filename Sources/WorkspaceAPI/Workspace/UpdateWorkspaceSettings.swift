import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/workspace/:slug/update` (contract/workspaces.md 7).
struct UpdateWorkspaceSettings: Endpoint {
    static let errorShape = ErrorShape.workspace

    private let read: ReadWorkspaces
    private let update: UpdateWorkspace

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        update = UpdateWorkspace(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let body = try await RequestJSON.object(request, .workspace)
        let slug = context.segment("slug")
        // An unknown workspace comes before settings that cannot be (contract/workspaces.md 7).
        guard try read.workspace(slug: slug) != nil else { return .plain(.badRequest) }
        switch try update(slug: slug, changes: try WorkspaceFields.changes(body)) {
        case .unknownWorkspace:
            return .plain(.badRequest)
        case .nothingToUpdate(let id):
            return .json(.ok, ["workspace": ["id": JSONValue(Int(id))], "message": "No valid fields to update!"])
        case .updated(let workspace):
            return .workspace(workspace)
        }
    }
}
