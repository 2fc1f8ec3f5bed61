import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/jobs/:id`: a job with what became of each of its documents.
struct GetJob: Endpoint {
    private let jobs: EmbeddingJobs

    init(_ dependencies: Dependencies) { jobs = EmbeddingJobs(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let id = context.segment("id")
        guard let details = try jobs.details(id) else { throw JobAnswer.unknown(id) }
        func paths(_ stage: JobDocument.Stage) -> [String] {
            details.documents.filter { $0.stage == stage }.map(\.docpath)
        }
        return .json { json in
            json.beginObject()
            json.key("job")
            json.beginObject()
            json.jobMembers(details.status)
            json.outcomes(
                embedded: paths(.embedded), skipped: paths(.skipped),
                failed: details.documents.filter { $0.stage == .failed }.map { ($0.docpath, $0.error ?? "") })
            json.endObject()
            json.endObject()
        }
    }
}
