import HTTPTypes
import Hummingbird
import OrderedJSON
import Workspaces

/// `POST /v1/workspace/:slug/update-embeddings` (contract/vectors.md 6). Runs to its end although the client may have
/// left, as in the reference, or as a job when the client prefers that: a job can be cancelled.
///
/// Beyond the contract: `embedded`, `skipped` and `failed` say what became of the documents, and with `?strict=true` a
/// failed one makes the status 422.
struct UpdateWorkspaceEmbeddings: Endpoint {
    private let read: ReadWorkspaces
    private let update: UpdateEmbeddings
    private let jobs: EmbeddingJobs

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        update = UpdateEmbeddings(dependencies)
        jobs = EmbeddingJobs(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let slug = context.segment("slug")
        let body = try await RequestJSON.object(request, .error)
        guard let workspace = try read.workspace(slug: slug) else { return .plain(.badRequest) }
        let deletes = try Self.paths(body["deletes"])
        let adds = try Self.paths(body["adds"])
        // To delete the empty path deletes nothing, and a client sends it that has nothing to delete
        // (contract/vectors.md 6.2).
        if adds.contains("") { throw Self.refusal }
        do {
            if Preference.isAsync(request) {
                return JobAnswer.accepted(try jobs.create(workspace, adds: adds, deletes: deletes))
            }
            let result = try await update(workspace, adds: adds, deletes: deletes)
            let isStrict = QueryParameters(request).isOn("strict")
            return try answer(slug, workspace, result, isStrict && !result.failed.isEmpty ? .unprocessableContent : .ok)
        } catch let refusal as LibraryRefusal {
            throw APIError(.badRequest, .error, refusal.reason)
        }
    }

    private func answer(
        _ slug: String, _ workspace: Workspace, _ result: UpdateEmbeddings.Result, _ status: HTTPResponse.Status
    ) throws -> Response {
        // It may have been deleted meanwhile, and another may have taken the slug.
        guard let (changed, documents, _) = try read.details(slug: slug), changed.id == workspace.id else {
            return .plain(.badRequest)
        }
        let window = read.contextWindow(of: changed)
        return .json(status) { json in
            json.beginObject()
            json.key("workspace")
            json.beginObject()
            json.workspaceMembers(changed)
            json.workspaceDocuments(documents)
            json.member("contextWindow", window)
            json.member("currentContextTokenCount", 0)
            json.endObject()
            json.outcomes(
                embedded: result.embedded, skipped: result.skipped,
                failed: result.failed.map { ($0.docpath, $0.reason) })
            json.endObject()
        }
    }

    /// - Throws: 400 for anything but a list of texts, before anything has been done.
    private static func paths(_ value: JSONValue?) throws -> [String] {
        guard let value else { return [] }
        guard let elements = value.arrayValue else { throw refusal }
        return try elements.map { element in
            guard let path = element.stringValue else { throw refusal }
            return path
        }
    }

    private static var refusal: APIError {
        APIError(.badRequest, .error, "adds and deletes must be arrays of document paths.")
    }
}
