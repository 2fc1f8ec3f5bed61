import HTTPTypes
import OrderedJSON
import Testing

@Suite("DELETE /v1/jobs/:id")
struct CancelJobTests {
    @Test("a job that is cancelled stays so, and its documents are not embedded")
    func cancel() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let docpath = try await api.document("supply", "Delivery is due in June.")
        let created = try await api.post(
            "/v1/workspace/ops/update-embeddings?async=true", #"{"adds":["\#(docpath)"]}"#)
        let id = try created.json()["job"]?["id"]?.stringValue ?? ""
        for _ in 0..<2 {
            let answer = try await api.send(.delete, "/v1/jobs/\(id)")
            #expect(answer.status == 200)
            #expect(try answer.json()["job"]?["state"] == "cancelled")
            #expect(try answer.json()["job"]?["documents"]?["pending"] == 1)
        }
        // A later job is worked on and done; the cancelled one is not touched.
        _ = try await api.job("{}")
        #expect(try await api.get("/v1/system/vector-count").body == #"{"vectorCount":0}"#)
    }

    @Test("a job that has ended is answered as it is; an unknown one is 404")
    func ended() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let id = try await api.job("{}")
        #expect(try await api.send(.delete, "/v1/jobs/\(id)").json()["job"]?["state"] == "completed")
        let unknown = try await api.send(.delete, "/v1/jobs/none")
        #expect(unknown.status == 404)
        #expect(unknown.body == #"{"error":"There is no job none."}"#)
    }
}
