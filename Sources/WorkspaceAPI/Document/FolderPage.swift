import Hummingbird
import JavaScriptSemantics
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
            page = try read.folder(folder, offset: offset, limit: limit)
        } catch is LibraryRefusal {
            return .plain(.internalServerError)
        }
        var body: JSONObject = [
            "folder": .string(folder),
            "documents": .array((page?.items ?? []).filter(\.isListed).map(\.listed)),
            "totalCount": JSONValue(page?.totalCount ?? 0),
            "hasMore": .bool(page?.hasMore ?? false),
        ]
        if withCode { body["code"] = page == nil ? 404 : 200 }
        body["error"] = page == nil ? .string("Folder \"\(folder)\" does not exist.") : JSONValue.null
        return .json(page == nil ? .notFound : .ok, .object(body))
    }

    private var offset: Int {
        guard let number = query["offset"].flatMap({ JavaScriptNumber.parseInt($0) }), number > 0 else { return 0 }
        return Int(min(number, 1e15))
    }

    /// `all` in any case is no limit, a positive number is cut at 1000, anything else is 100.
    private var limit: Int? {
        guard let text = query["limit"] else { return standardLimit }
        if text.lowercased() == "all" { return nil }
        guard let number = JavaScriptNumber.parseInt(text), number > 0 else { return 100 }
        return Int(min(number, 1000))
    }
}
