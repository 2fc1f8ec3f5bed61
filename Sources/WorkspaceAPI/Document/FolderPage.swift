import Hummingbird
import OrderedJSON
import Workspaces

/// A page of one folder, the answer of two endpoints (contract/documents.md 5.2 and 5.3).
struct FolderPage {
    let read: ReadLibrary
    let query: QueryParameters
    /// Documents a page when the request does not say; nil for all.
    let standardLimit: Int?

    /// - Parameter withCode: whether the body says its status in `code`.
    func respond(_ folder: String, withCode: Bool) throws -> Response {
        let page: ReadLibrary.Page?
        do {
            page = try read.folder(folder, query.listing(standardLimit: standardLimit))
        } catch is LibraryRefusal {
            return .plain(.internalServerError)
        }
        return .json(page == nil ? .notFound : .ok) { json in
            json.beginObject()
            json.member("folder", folder)
            json.key("documents")
            json.libraryItems(page?.items ?? [])
            json.member("totalCount", page?.totalCount ?? 0)
            json.member("hasMore", page?.hasMore ?? false)
            if withCode { json.member("code", page == nil ? 404 : 200) }
            json.member("error", page == nil ? "Folder \"\(folder)\" does not exist." : nil)
            json.endObject()
        }
    }
}
