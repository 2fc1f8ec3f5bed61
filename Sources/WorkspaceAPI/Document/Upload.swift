import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/document/upload` and `POST /v1/document/upload/:folderName` (contract/documents.md 4.1 and 4.2).
struct Upload: Endpoint {
    static let errorShape = ErrorShape.document

    private let dependencies: Dependencies
    private let add: AddUpload
    private let addLarge: AddLargeText

    init(_ dependencies: Dependencies) {
        self.dependencies = dependencies
        add = AddUpload(dependencies)
        addLarge = AddLargeText(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let rule = try DocumentAnswer.duplicateRule(request)
        let form = try await UploadForm.read(request) { try SpooledFile(dependencies) }
        let workspaces = try DocumentAnswer.workspaces(form.addToWorkspaces)
        guard let file = form.file else {
            throw APIError(.internalServerError, .document, "The request has no file part.")
        }
        let folder = context.parameters.get("folderName") == nil ? nil : context.segment("folderName")
        do {
            // Looking for duplicates compares whole texts, in memory.
            if case .spooled(let spooled) = file.content, rule == .keep,
                let large = try await addLarge(
                    clientName: file.name, file: spooled, metadata: form.metadata, folder: folder,
                    workspaces: workspaces)
            {
                return DocumentAnswer.stored(large)
            }
            let records = try await add(
                clientName: file.name, bytes: file.bytes(), metadata: form.metadata, folder: folder,
                workspaces: workspaces, onDuplicate: rule, hangUp: context.hangUp)
            return DocumentAnswer.stored(records)
        } catch let refusal as LibraryRefusal {
            return DocumentAnswer.refused(refusal)
        }
    }
}
