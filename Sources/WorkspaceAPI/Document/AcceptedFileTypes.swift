import Hummingbird
import Workspaces

/// `GET /v1/document/accepted-file-types` (contract/documents.md 5.5).
struct AcceptedFileTypes: Endpoint {
    init(_ dependencies: Dependencies) {}

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        .json(.ok, LibraryConstants.acceptedFileTypes)
    }
}
