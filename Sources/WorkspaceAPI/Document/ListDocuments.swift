import Hummingbird
import NIOCore
import OrderedJSON
import Workspaces

/// `GET /v1/documents` (contract/documents.md 5.2): the whole tree, or one folder with `?folder=`.
///
/// Beyond the contract: `search`, `updatedSince`, `limit` and `offset` show a part of the tree, with `totalCount` and
/// `hasMore` beside it; an answer has a tag that `If-None-Match` can name.
struct ListDocuments: Endpoint {
    private let read: ReadLibrary
    /// The whole tree, some 500 bytes a document.
    private let latest = LatestAnswer()

    init(_ dependencies: Dependencies) { read = ReadLibrary(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        let version = try read.version()
        return try EntityTag.answer(request, version: version) {
            if let folder = query["folder"], !folder.isEmpty {
                return try FolderPage(read: read, query: query, standardLimit: 100).respond(folder, withCode: true)
            }
            if query.hasListing {
                let (folders, total, hasMore) = try read.tree(query.listing(standardLimit: nil))
                return .json(body: Self.tree(folders, page: (total, hasMore)))
            }
            return try latest.answer(version: version) { Self.tree(try read.tree(), page: nil) }
        }
    }

    private static func tree(_ folders: [ReadLibrary.Folder], page: (total: Int, hasMore: Bool)?) -> ByteBuffer {
        // Growing step by step would copy megabytes several times.
        var json = JSONWriter(reserving: folders.reduce(4096) { $0 + JSONWriter.size(of: $1.items) })
        write(folders, page, &json)
        return ByteBuffer(bytes: json.bytes)
    }

    private static func write(
        _ folders: [ReadLibrary.Folder], _ page: (total: Int, hasMore: Bool)?, _ json: inout JSONWriter
    ) {
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
