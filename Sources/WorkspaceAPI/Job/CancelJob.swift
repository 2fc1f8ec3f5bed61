import Hummingbird
import Workspaces

/// `DELETE /v1/jobs/:id`: ends a job. What it has embedded stays; a job that has ended is answered as it is.
struct CancelJob: Endpoint {
    private let jobs: EmbeddingJobs

    init(_ dependencies: Dependencies) { jobs = EmbeddingJobs(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let id = context.segment("id")
        guard let job = try jobs.cancel(id) else { throw JobAnswer.unknown(id) }
        return JobAnswer.one(.ok, job)
    }
}
