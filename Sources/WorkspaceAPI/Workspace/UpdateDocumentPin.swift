import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/workspace/:slug/update-pin` (contract/vectors.md 7).
struct UpdateDocumentPin: Endpoint {
    private let read: ReadWorkspaces
    private let update: UpdatePin

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        update = UpdatePin(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let slug = context.segment("slug")
        let body = try await RequestJSON.object(request, .error)
        guard try read.workspace(slug: slug) != nil else { return .plain(.badRequest) }
        guard let docpath = body["docPath"] else { throw APIError(.badRequest, .error, "docPath is required") }
        let pinned: Bool
        switch body["pinStatus"] {
        case nil, .null: pinned = false
        case .bool(let flag): pinned = flag
        default: throw APIError(.badRequest, .error, "pinStatus must be a boolean")
        }
        switch try update(workspaceSlug: slug, docpath: docpath.stringValue, pinned: pinned) {
        case .unknownWorkspace: return .plain(.badRequest)
        case .unknownDocument: return .plain(.notFound)
        case .updated: return .json(.ok, ["message": "Pin status updated successfully"])
        }
    }
}
