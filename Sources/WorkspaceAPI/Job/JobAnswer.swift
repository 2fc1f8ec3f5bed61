import HTTPTypes
import Hummingbird
import OrderedJSON
import Workspaces

/// The answers that the endpoints about jobs share.
enum JobAnswer {
    /// `{"job":{…}}`
    static func one(_ status: HTTPResponse.Status, _ job: JobStatus) -> Response {
        .json(status) { json in
            json.beginObject()
            json.key("job")
            json.job(job)
            json.endObject()
        }
    }

    /// 202 with the place where the job can be looked at (RFC 9110, section 15.3.3).
    static func accepted(_ job: JobStatus) -> Response {
        var response = one(.accepted, job)
        response.headers[.location] = "/api/v1/jobs/\(job.job.uuid)"
        return response
    }

    static func unknown(_ id: String) -> APIError { APIError(.notFound, .error, "There is no job \(id).") }
}
