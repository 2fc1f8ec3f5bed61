import Hummingbird
import OrderedJSON
import Workspaces

/// `DELETE /v1/system/remove-documents` (contract/system.md 3.7).
struct DeleteDocuments: Endpoint {
    private let remove: RemoveDocuments

    init(_ dependencies: Dependencies) { remove = RemoveDocuments(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let body = try await RequestJSON.object(request, .error)
        let names = body["names"]?.arrayValue?.map(\.stringValue)
        guard let names, !names.contains(nil) else { return .plain(.internalServerError) }
        do {
            try remove(names.compactMap { $0 })
        } catch is LibraryRefusal {
            return .plain(.internalServerError)
        }
        return .json(.ok, ["success": true, "message": "Documents removed successfully"])
    }
}
