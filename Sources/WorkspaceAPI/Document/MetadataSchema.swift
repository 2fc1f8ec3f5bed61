import Hummingbird
import Workspaces

/// `GET /v1/document/metadata-schema` (contract/documents.md 5.6).
struct MetadataSchema: Endpoint {
    init(_ dependencies: Dependencies) {}

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        .json(.ok, LibraryConstants.metadataSchema)
    }
}
