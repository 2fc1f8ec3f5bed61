import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/document/upload` and `POST /v1/document/upload/:folderName` (contract/documents.md 4.1 and 4.2).
struct Upload: Endpoint {
    static let errorShape = ErrorShape.document

    private let add: AddUpload

    init(_ dependencies: Dependencies) { add = AddUpload(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let rule = try DocumentAnswer.duplicateRule(request)
        let form = try await UploadForm.read(request)
        let workspaces = try DocumentAnswer.workspaces(form.addToWorkspaces)
        guard let file = form.file else {
            throw APIError(.internalServerError, .document, "The request has no file part.")
        }
        let folder = context.parameters.get("folderName") == nil ? nil : context.segment("folderName")
        do {
            let records = try await add(
                clientName: file.name, bytes: file.bytes, metadata: form.metadata, folder: folder,
                workspaces: workspaces, onDuplicate: rule)
            return DocumentAnswer.stored(records)
        } catch let refusal as LibraryRefusal {
            return DocumentAnswer.refused(refusal)
        }
    }
}
