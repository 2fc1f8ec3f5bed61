import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/documents` (contract/documents.md 5.2): the whole tree, or one folder with `?folder=`.
struct ListDocuments: Endpoint {
    private let read: ReadLibrary

    init(_ dependencies: Dependencies) { read = ReadLibrary(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        if let folder = query["folder"], !folder.isEmpty {
            return try FolderPage(read: read, query: query, standardLimit: 100).respond(folder, withCode: true)
        }
        let folders = try read.tree().map { folder -> JSONValue in
            [
                "name": .string(folder.name), "type": "folder",
                "items": .array(folder.items.filter(\.isListed).map(\.listed)),
            ]
        }
        return .json(.ok, ["localFiles": ["name": "documents", "type": "folder", "items": .array(folders)]])
    }
}
