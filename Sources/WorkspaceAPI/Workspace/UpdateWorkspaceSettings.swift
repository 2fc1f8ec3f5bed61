import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/workspace/:slug/update` (contract/workspaces.md 7).
struct UpdateWorkspaceSettings: Endpoint {
    private let update: UpdateWorkspace

    init(_ dependencies: Dependencies) { update = UpdateWorkspace(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let body = try await RequestJSON.object(request, .workspace)
        switch try update(slug: context.segment("slug"), changes: try WorkspaceFields.changes(body)) {
        case .unknownWorkspace:
            return .plain(.badRequest)
        case .nothingToUpdate(let id):
            return .json(.ok, ["workspace": ["id": JSONValue(Int(id))], "message": "No valid fields to update!"])
        case .updated(let workspace):
            return .json { json in
                json.beginObject()
                json.key("workspace")
                json.workspace(workspace)
                json.member("message", .null)
                json.endObject()
            }
        }
    }
}
