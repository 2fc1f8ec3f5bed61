import Hummingbird
import OrderedJSON
import Workspaces

/// `DELETE /v1/document/remove-folder` (contract/documents.md 5.8).
struct RemoveFolder: Endpoint {
    private let folders: Folders

    init(_ dependencies: Dependencies) { folders = Folders(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let body = try await RequestJSON.object(request, .folder)
        do {
            switch body["name"] {
            case nil, .null, .string(""): break
            case .string(let name): try folders.remove(name)
            default:
                throw APIError(.internalServerError, .folder, "Failed to remove folder: the name must be a string")
            }
        } catch let refusal as LibraryRefusal {
            throw APIError(.internalServerError, .folder, refusal.reason)
        }
        return .json(.ok, ["success": true, "message": "Folder removed successfully"])
    }
}
