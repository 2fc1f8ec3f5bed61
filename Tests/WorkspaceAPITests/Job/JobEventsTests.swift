import OrderedJSON
import Testing
import Workspaces

@Suite("GET /v1/jobs/:id/events", .timeLimit(.minutes(1)))
struct JobEventsTests {
    @Test("a stream tells of every document and ends with the job")
    func stream() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        var paths: [String] = []
        for number in 0..<3 { paths.append(try await api.document("d\(number)", "Delivery \(number) is due.")) }
        let body = JSONValue.object(["adds": .array(paths.map(JSONValue.string))]).text
        let created = try await api.post("/v1/workspace/ops/update-embeddings?async=true", body).json()
        let id = created["job"]?["id"]?.stringValue ?? ""
        async let answer = api.get("/v1/jobs/\(id)/events")
        let runner = Task { await JobRunner(api.dependencies, workers: 2).run() }
        let events = try await answer.events()
        runner.cancel()
        await runner.value
        #expect(try await answer.contentType == "text/event-stream")
        #expect(events.first?.objectValue?.keys == ["type", "job"])
        #expect(events.first?["type"] == "status")
        #expect(events.last?["type"] == "end")
        #expect(events.last?["job"]?["documents"]?["embedded"] == 3)
        let documents = events.filter { $0["type"] == "document" }
        #expect(documents.allSatisfy { $0.objectValue?.keys == ["type", "document", "job"] })
        // What was done before listening began is in the first event.
        let before = Int(events.first?["job"]?["documents"]?["embedded"]?.numberValue ?? -1)
        #expect(documents.filter { $0["document"]?["stage"] == "embedded" }.count == 3 - before)
    }

    @Test("a job that has ended is a status and an end; an unknown one is 404")
    func ended() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let id = try await api.job("{}")
        #expect(try await api.get("/v1/jobs/\(id)/events").events().map { $0["type"] } == ["status", "end"])
        let unknown = try await api.get("/v1/jobs/none/events")
        #expect(unknown.status == 404)
        #expect(unknown.body == #"{"error":"There is no job none."}"#)
    }
}
