import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/document/move-files` (contract/documents.md 5.9).
struct MoveFiles: Endpoint {
    static let errorShape = ErrorShape.folder

    private let folders: Folders

    init(_ dependencies: Dependencies) { folders = Folders(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let body = try await RequestJSON.object(request, .folder)
        guard let files = body["files"]?.arrayValue else {
            throw APIError(.internalServerError, .folder, "Failed to move files.")
        }
        let moves = try files.map { file in
            guard let from = file["from"]?.stringValue, let to = file["to"]?.stringValue else {
                throw APIError(.internalServerError, .folder, "Failed to move files.")
            }
            return Folders.Move(from: from, to: to)
        }
        switch try folders.move(moves) {
        case .moved(skipped: 0): return .json(.ok, ["success": true, "message": nil])
        case .moved(let skipped):
            let message = "\(skipped)/\(moves.count) files not moved. Unembed them from all workspaces."
            return .json(.ok, ["success": true, "message": .string(message)])
        case .malformed: throw APIError(.internalServerError, .folder, "Failed to move files.")
        case .failed: throw APIError(.internalServerError, .folder, "Failed to move some files.")
        }
    }
}
