import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/document/create-folder` (contract/documents.md 5.7).
struct CreateFolder: Endpoint {
    static let errorShape = ErrorShape.folder

    private let folders: Folders

    init(_ dependencies: Dependencies) { folders = Folders(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let body = try await RequestJSON.object(request, .folder)
        do {
            switch body["name"] {
            case nil, .null: try folders.create("")
            case .string(let name): try folders.create(name)
            default:
                throw APIError(.internalServerError, .folder, "Failed to create folder: the name must be a string")
            }
        } catch let refusal as LibraryRefusal {
            throw APIError(.internalServerError, .folder, refusal.reason)
        }
        return .json(.ok, ["success": true, "message": nil])
    }
}
