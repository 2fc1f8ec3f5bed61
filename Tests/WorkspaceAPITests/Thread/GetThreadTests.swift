import HTTPTypes
import Testing

@Suite("GET /v1/workspace/:slug/thread/:threadSlug")
struct GetThreadTests {
    @Test("a thread is shown as when it was created, and as it was renamed")
    func get() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let made = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        #expect(try await api.get("/v1/workspace/ops/thread/t1").body == made.body)
        let renamed = try await api.post("/v1/workspace/ops/thread/t1/update", #"{"name":"Two"}"#)
        #expect(try await api.get("/v1/workspace/ops/thread/t1").body == renamed.body)
    }

    static let refusals: [APICase] = [
        APICase(
            name: "unknown workspace", method: .get, path: "/v1/workspace/none/thread/t1", status: 404,
            exactly: #"{"message":"Workspace not found"}"#),
        APICase(
            name: "unknown thread", method: .get, path: "/v1/workspace/ops/thread/none", status: 404,
            exactly: #"{"message":"Thread not found"}"#),
        APICase(
            name: "thread of another workspace", method: .get, path: "/v1/workspace/lab/thread/t1", status: 404,
            exactly: #"{"message":"Thread not found"}"#),
        APICase(
            name: "slugs are case-sensitive", method: .get, path: "/v1/workspace/ops/thread/T1", status: 404,
            exactly: #"{"message":"Thread not found"}"#),
    ]

    @Test("what does not exist is a 404", arguments: refusals)
    func refuse(refusal: APICase) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.workspace("Lab")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1"}"#)
        try await refusal.check(api)
    }
}
