import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/jobs`: jobs from the newest to the oldest, `limit` (100 unless said otherwise, `all`) and `offset`.
struct ListJobs: Endpoint {
    private let jobs: EmbeddingJobs

    init(_ dependencies: Dependencies) { jobs = EmbeddingJobs(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        let (offset, limit) = (query.offset, query.limit(default: 100))
        let (page, total) = try jobs.list(limit: limit ?? .max, offset: offset)
        return .json { json in
            json.beginObject()
            json.key("jobs")
            json.beginArray()
            for job in page { json.job(job) }
            json.endArray()
            json.member("totalCount", total)
            json.member("hasMore", limit.map { offset + $0 < total } ?? false)
            json.endObject()
        }
    }
}
