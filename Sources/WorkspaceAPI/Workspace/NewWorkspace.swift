import Hummingbird
import JavaScriptSemantics
import OrderedJSON
import Workspaces

/// `POST /v1/workspace/new` (contract/workspaces.md 4).
struct NewWorkspace: Endpoint {
    static let errorShape = ErrorShape.workspace

    private let create: CreateWorkspace

    init(_ dependencies: Dependencies) { create = CreateWorkspace(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        // A fixed segment would hide a workspace of the slug `new` from all other routes (contract/workspaces.md 9.3).
        guard context.segment("slug").lowercased() == "new" else { return .plain(.notFound) }
        let body = try await RequestJSON.object(request, .workspace)
        guard let name = body["name"], JavaScriptText.isTruthy(name) else {
            throw APIError(.badRequest, .workspace, "name cannot be null")
        }
        guard case .string(let name) = name else {
            throw APIError(.badRequest, .workspace, "name must be a string")
        }
        let workspace = try create(
            name: name, changes: try WorkspaceFields.changes(body),
            wantsDefaultPrompt: !JavaScriptText.isTruthy(body["openAiPrompt"] ?? .null))
        return .workspace(workspace)
    }
}

extension Response {
    /// `{"workspace":{…},"message":null}`
    static func workspace(_ workspace: Workspace) -> Response {
        .json { json in
            json.beginObject()
            json.key("workspace")
            json.workspace(workspace)
            json.member("message", .null)
            json.endObject()
        }
    }
}
