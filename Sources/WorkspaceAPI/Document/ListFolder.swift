import Hummingbird
import Workspaces

/// `GET /v1/documents/folder/:folderName` (contract/documents.md 5.3). Beyond it: `search`, `updatedSince`, a tag.
struct ListFolder: Endpoint {
    private let read: ReadLibrary

    init(_ dependencies: Dependencies) { read = ReadLibrary(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        try EntityTag.answer(request, version: read.version()) {
            try FolderPage(read: read, query: QueryParameters(request), standardLimit: nil)
                .respond(context.segment("folderName"), withCode: false)
        }
    }
}
