import HTTPTypes
import OrderedJSON
import Testing
import Workspaces

@Suite("GET /v1/jobs/:id")
struct GetJobTests {
    @Test("a job that has not begun, with its keys in their order")
    func queued() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.")
        let created = try await api.post(
            "/v1/workspace/ops/update-embeddings?async=true", #"{"adds":["\#(docpath)"]}"#)
        #expect(created.status == 202)
        let id = try #require(try created.json()["job"]?["id"]?.stringValue)
        #expect(created.headers[.location] == "/api/v1/jobs/\(id)")
        let answer = try await api.get("/v1/jobs/\(id)")
        #expect(answer.status == 200)
        let job = try #require(try answer.json()["job"])
        #expect(
            job.objectValue?.keys == [
                "id", "type", "workspace", "state", "error", "createdAt", "startedAt", "endedAt", "documents", "chunks",
                "working", "chunksPerSecond", "secondsLeft", "embedded", "skipped", "failed",
            ])
        #expect(job["type"] == "update-embeddings")
        #expect(job["workspace"] == "ops")
        #expect(job["state"] == "queued")
        #expect(job["documents"] == ["total": 1, "pending": 1, "embedded": 0, "skipped": 0, "failed": 0])
        #expect(job["startedAt"] == .null)
    }

    @Test("a job that has ended tells what became of each document")
    func ended() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let good = try await api.document("supply", "Delivery is due in June.")
        let blank = try await api.document("blank", " ")
        let body = #"{"adds":["\#(good)","\#(blank)","custom-documents/none.json"]}"#
        let id = try await api.job(body)
        let job = try #require(try await api.get("/v1/jobs/\(id)").json()["job"])
        #expect(job["state"] == "completed")
        #expect(job["secondsLeft"] == 0)
        #expect(job["embedded"] == [.string(good)])
        #expect(job["skipped"] == ["custom-documents/none.json"])
        #expect(job["failed"]?.arrayValue?.count == 1)
        #expect(job["failed"]?[0]?["path"] == .string(blank))
        #expect(job["failed"]?[0]?["error"]?.stringValue?.contains("Could not embed document chunks!") == true)
        let hits = try await api.post("/v1/workspace/ops/vector-search", #"{"query":"delivery","scoreThreshold":0}"#)
        #expect(try hits.json()["results"]?.arrayValue?.count == 1)
    }

    @Test("an unknown job is 404")
    func unknown() async throws {
        let answer = try await APIFixture().get("/v1/jobs/none")
        #expect(answer.status == 404)
        #expect(answer.body == #"{"error":"There is no job none."}"#)
    }
}

extension APIFixture {
    /// Creates a job in the workspace `ops`, works on it to its end and returns its id.
    func job(_ body: String) async throws -> String {
        let created = try await post("/v1/workspace/ops/update-embeddings?async=true", body).json()
        let id = try #require(created["job"]?["id"]?.stringValue)
        let runner = Task { await JobRunner(dependencies, workers: 2).run() }
        try await FollowJob(dependencies)(id) { _ in }
        runner.cancel()
        await runner.value
        return id
    }
}
