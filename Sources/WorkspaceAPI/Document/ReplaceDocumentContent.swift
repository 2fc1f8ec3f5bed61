import Hummingbird
import OrderedJSON
import Workspaces

/// `PUT /v1/document/:docName`: other content for a document, in every workspace that holds it, in one swap.
///
/// Takes what upload takes, a form with a file, or what raw-text takes; name, place and identifier stay. Searches find the
/// old content until the new one is there; when it cannot be embedded, the old one stays. `?folder=` tells documents of one
/// name apart; a file that holds several documents is answered by 409.
struct ReplaceDocumentContent: Endpoint {
    static let errorShape = ErrorShape.document

    private let dependencies: Dependencies
    private let replace: ReplaceContent

    init(_ dependencies: Dependencies) {
        self.dependencies = dependencies
        replace = ReplaceContent(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let name = context.segment("docName")
        do {
            guard let record = try await replaced(name, request, context.hangUp) else {
                throw APIError(.notFound, .document, "There is no document \(name).")
            }
            return DocumentAnswer.stored([record])
        } catch let refusal as LibraryRefusal {
            return DocumentAnswer.refused(refusal)
        }
    }

    private func replaced(_ name: String, _ request: Request, _ hangUp: HangUp) async throws -> JSONObject? {
        let folder = QueryParameters(request)["folder"]
        guard MultipartParser.isMultipart(request.headers[.contentType] ?? "") else {
            let body = try await RequestJSON.object(request, .document)
            return try await replace(
                named: name, folder: folder, textContent: body["textContent"], metadata: body["metadata"])
        }
        let form = try await UploadForm.read(request) { try SpooledFile(dependencies) }
        guard let file = form.file else {
            throw APIError(.internalServerError, .document, "The request has no file part.")
        }
        return try await replace(
            named: name, folder: folder, file: file.name, bytes: file.bytes(), metadata: form.metadata, hangUp: hangUp)
    }
}
