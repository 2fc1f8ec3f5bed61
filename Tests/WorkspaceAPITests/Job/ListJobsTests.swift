import OrderedJSON
import Testing

@Suite("GET /v1/jobs")
struct ListJobsTests {
    @Test("jobs come newest first, in pages")
    func list() async throws {
        let api = try APIFixture()
        #expect(try await api.get("/v1/jobs").body == #"{"jobs":[],"totalCount":0,"hasMore":false}"#)
        try await api.workspace("Ops")
        var ids: [JSONValue?] = []
        for _ in 0..<3 {
            ids.append(try await api.post("/v1/workspace/ops/update-embeddings?async=true", "{}").json()["job"]?["id"])
        }
        func page(_ query: String) async throws -> (ids: [JSONValue?], hasMore: JSONValue?, total: JSONValue?) {
            let json = try await api.get("/v1/jobs" + query).json()
            return (json["jobs"]?.arrayValue?.map { $0["id"] } ?? [], json["hasMore"], json["totalCount"])
        }
        #expect(try await page("") == (ids.reversed(), false, 3))
        #expect(try await page("?limit=2") == ([ids[2], ids[1]], true, 3))
        #expect(try await page("?limit=2&offset=2") == ([ids[0]], false, 3))
        #expect(try await page("?limit=all&offset=1") == ([ids[1], ids[0]], false, 3))
    }
}
