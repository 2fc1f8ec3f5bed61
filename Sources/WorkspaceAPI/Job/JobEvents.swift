import Hummingbird
import Workspaces

/// `GET /v1/jobs/:id/events`: what happens to a job, as it happens, until it ends.
///
/// The first event is the job's status; one follows for each step of a document; the last is `end`, or `paused` when the
/// server stops.
struct JobEvents: Endpoint {
    private let jobs: EmbeddingJobs
    private let follow: FollowJob

    init(_ dependencies: Dependencies) {
        jobs = EmbeddingJobs(dependencies)
        follow = FollowJob(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let id = context.segment("id")
        guard try jobs.exists(id) else { throw JobAnswer.unknown(id) }
        return Response(
            status: .ok, headers: EventFraming.headers,
            body: ResponseBody { [follow] writer in
                try await follow(id) { event in try await writer.write(EventFraming.frame(event.json)) }
                try await writer.finish(nil)
            })
    }
}
