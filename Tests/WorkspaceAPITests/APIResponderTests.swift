import HTTPTypes
import Testing

/// The two routers must not differ in anything but the case of fixed parts.
@Suite("Paths with and without capitals")
struct APIResponderTests {
    private static let paths = [
        "/v1/auth", "/v1/workspaces", "/v1/workspace/ops", "/v1/workspace/none", "/v1/workspace/ops/chats",
        "/v1/workspace/ops/nothing", "/v1/documents", "/v1/documents/folder/custom-documents", "/v1/document/x",
        "/v1/document/accepted-file-types", "/v1/document/metadata-schema", "/v1/system/vector-count", "/ping", "/v1",
        "/v1/workspaces/", "/v1/workspace/%6Fps", "/v1/workspace/%zz",
    ]

    @Test("a path answers the same when its fixed parts are written in capitals", arguments: paths)
    func capitals(path: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let methods = [HTTPRequest.Method.get, .head, .options, .post, .delete]
        for method in methods where method != .delete || path == "/v1" {
            let lower = try await api.send(method, path)
            let upper = try await api.send(method, path.replacing("/v1", with: "/V1").replacing("/ping", with: "/Ping"))
            #expect(upper.status == lower.status)
            #expect(upper.body == lower.body)
            #expect(upper.headers == lower.headers)
        }
    }

    @Test("without a key both refuse", arguments: ["/v1/workspaces", "/V1/Workspaces"])
    func key(path: String) async throws {
        #expect(try await APIFixture().send(.get, path, keyID: nil).status == 403)
    }

    @Test("what one router has been told, the other answers")
    func shared() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        #expect(try await api.get("/v1/workspaces").body.contains("Ops"))
        _ = try await api.post("/V1/Workspace/ops/UPDATE", #"{"name":"Renamed"}"#)
        #expect(try await api.get("/v1/workspaces").body.contains("Renamed"))
        #expect(try await api.get("/V1/workspaces").body == api.get("/v1/workspaces").body)
    }
}
