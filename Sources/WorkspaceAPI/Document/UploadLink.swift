import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/document/upload-link` (contract/documents.md 4.3).
struct UploadLink: Endpoint {
    static let errorShape = ErrorShape.document

    private let add: AddLink

    init(_ dependencies: Dependencies) { add = AddLink(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let body = try await RequestJSON.object(request, .document)
        let workspaces = try DocumentAnswer.workspaces(body["addToWorkspaces"])
        let rule = try DocumentAnswer.duplicateRule(request)
        do {
            let records = try await add(
                link: body["link"], scraperHeaders: body["scraperHeaders"], metadata: body["metadata"],
                workspaces: workspaces, onDuplicate: rule, hangUp: context.hangUp)
            return DocumentAnswer.stored(records)
        } catch let refusal as LibraryRefusal {
            return DocumentAnswer.refused(refusal)
        }
    }
}
