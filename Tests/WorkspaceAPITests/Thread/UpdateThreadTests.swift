import OrderedJSON
import Testing

@Suite("POST /v1/workspace/:slug/thread/:threadSlug/update")
struct UpdateThreadTests {
    private static let path = "/v1/workspace/ops/thread/t1/update"
    private static let noText = #"{"thread":null,"message":"name must be a string"}"#

    private func fixture() async throws -> APIFixture {
        let api = try APIFixture()
        try await api.workspace("Ops")
        try await api.workspace("Other")
        _ = try await api.post("/v1/workspace/ops/thread/new", #"{"slug":"t1","name":"First"}"#)
        return api
    }

    static let refusals: [APICase] = [
        APICase(
            name: "unknown workspace", path: "/v1/workspace/none/thread/t1/update", body: #"{"name":"A"}"#, status: 404,
            exactly: #"{"message":"Workspace not found"}"#),
        APICase(
            name: "unknown workspace before the name", path: "/v1/workspace/none/thread/t1/update",
            body: #"{"name":5}"#,
            status: 404, exactly: #"{"message":"Workspace not found"}"#),
        APICase(
            name: "unknown thread", path: "/v1/workspace/ops/thread/none/update", body: #"{"name":"A"}"#, status: 404,
            exactly: #"{"message":"Thread not found"}"#),
        APICase(
            name: "thread of another workspace", path: "/v1/workspace/other/thread/t1/update", body: #"{"name":"A"}"#,
            status: 404, exactly: #"{"message":"Thread not found"}"#),
        APICase(
            name: "slug in another case", path: "/v1/workspace/ops/thread/T1/update", body: #"{"name":"A"}"#,
            status: 404,
            exactly: #"{"message":"Thread not found"}"#),
        APICase(name: "null name", path: path, body: #"{"name":null}"#, status: 400, exactly: noText),
        APICase(name: "number as name", path: path, body: #"{"name":5}"#, status: 400, exactly: noText),
        APICase(name: "list as name", path: path, body: #"{"name":["A"]}"#, status: 400, exactly: noText),
    ]

    @Test("refusals", arguments: refusals)
    func refuse(refusal: APICase) async throws {
        let api = try await fixture()
        try await refusal.check(api)
        #expect(try await api.get("/v1/workspaces").json()["workspaces"]?[0]?["threads"]?[0]?["name"] == "First")
    }

    @Test(
        "only the name changes; without one nothing does (TQ-7)",
        arguments: [
            (#"{"name":"Later","slug":"x"}"#, "Later"), (#"{"name":""}"#, ""), ("{}", "First"),
            (#"{"slug":"x"}"#, "First"),
        ])
    func rename(body: String, name: String) async throws {
        let api = try await fixture()
        let before = try await api.post(Self.path).json()["thread"]
        let answer = try await api.post(Self.path, body)
        #expect(answer.status == 200)
        let json = try answer.json()
        #expect(json.objectValue?.keys == ["thread", "message"])
        #expect(json["message"] == .null)
        #expect(json["thread"]?["name"] == .string(name))
        for key in ["id", "slug", "createdAt", "lastUpdatedAt"] { #expect(json["thread"]?[key] == before?[key]) }
        #expect(try api.events().last == "api_workspace_thread_created")
    }
}
