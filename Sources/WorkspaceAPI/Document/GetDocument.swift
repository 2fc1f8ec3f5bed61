import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/document/:docName` (contract/documents.md 5.4).
struct GetDocument: Endpoint {
    private let read: ReadLibrary

    init(_ dependencies: Dependencies) { read = ReadLibrary(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let name = context.segment("docName")
        return try EntityTag.answer(request, version: read.version()) { try answer(name) }
    }

    private func answer(_ name: String) throws -> Response {
        let item: LibraryItem?
        do {
            item = try read.document(named: name)
        } catch is LibraryRefusal {
            return .plain(.internalServerError)
        }
        guard var document = item?.single else { return .plain(.notFound) }
        document["name"] = .string(name)
        return .json(.ok, ["document": .object(document)])
    }
}
