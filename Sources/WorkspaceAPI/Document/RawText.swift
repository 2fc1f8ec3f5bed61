import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/document/raw-text` (contract/documents.md 4.4).
struct RawText: Endpoint {
    static let errorShape = ErrorShape.document

    private let add: AddRawText

    init(_ dependencies: Dependencies) { add = AddRawText(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let body = try await RequestJSON.object(request, .document)
        let workspaces = try DocumentAnswer.workspaces(body["addToWorkspaces"])
        let rule = try DocumentAnswer.duplicateRule(request)
        do {
            let records = try await add(
                textContent: body["textContent"], metadata: body["metadata"], workspaces: workspaces,
                onDuplicate: rule)
            return DocumentAnswer.stored(records)
        } catch let refusal as LibraryRefusal {
            return DocumentAnswer.refused(refusal)
        }
    }
}
