import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/documents` (contract/documents.md 5.2): the whole tree, or one folder with `?folder=`.
///
/// Beyond the contract: `search`, `updatedSince`, `limit` and `offset` show a part of the tree, with `totalCount` and
/// `hasMore` beside it; an answer has a tag that `If-None-Match` can name.
struct ListDocuments: Endpoint {
    private let read: ReadLibrary

    init(_ dependencies: Dependencies) { read = ReadLibrary(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        return try EntityTag.answer(request, version: read.version()) {
            if let folder = query["folder"], !folder.isEmpty {
                return try FolderPage(read: read, query: query, standardLimit: 100).respond(folder, withCode: true)
            }
            if query.hasListing {
                let (folders, total, hasMore) = try read.tree(query.listing(standardLimit: nil))
                return Self.tree(folders, page: (total, hasMore))
            }
            return Self.tree(try read.tree(), page: nil)
        }
    }

    private static func tree(_ folders: [ReadLibrary.Folder], page: (total: Int, hasMore: Bool)?) -> Response {
        .json { json in
            json.beginObject()
            json.key("localFiles")
            json.beginObject()
            json.member("name", "documents")
            json.member("type", "folder")
            json.key("items")
            json.beginArray()
            for folder in folders {
                json.beginObject()
                json.member("name", folder.name)
                json.member("type", "folder")
                json.key("items")
                json.libraryItems(folder.items)
                json.endObject()
            }
            json.endArray()
            json.endObject()
            if let page {
                json.member("totalCount", page.total)
                json.member("hasMore", page.hasMore)
            }
            json.endObject()
        }
    }
}
