import HTTPTypes
import OrderedJSON
import Testing

@Suite("Routing")
struct RoutesTests {
    static let unknown: [(HTTPRequest.Method, String)] = [
        (.get, "/nowhere"), (.get, ""), (.get, "/v1"), (.post, "/v1/workspaces"), (.get, "/v1/workspace"),
        (.put, "/v1/workspace/ops"), (.post, "/v1/workspace/ops"), (.get, "/v1/workspace/ops/nothing"),
        (.get, "/v1/workspace/ops/chats/more"), (.post, "/v1/ping"), (.get, "/v1/workspace/ops/thread"),
        (.post, "/v1/workspace/ops/thread/t1"),
    ]

    @Test("what is no route is a plain 404 (WQ-12)", arguments: unknown)
    func checkUnknown(method: HTTPRequest.Method, path: String) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let answer = try await api.send(method, path)
        #expect(answer.status == 404)
        #expect(answer.contentType == "text/plain; charset=utf-8")
        #expect(answer.body == "Not Found")
    }

    @Test(
        "fixed parts match in any case, with or without a slash at the end",
        arguments: [
            "/v1/workspaces", "/V1/WorkSpaces", "/v1/workspaces/", "/v1/workspaces?x=%zz",
        ])
    func spelling(path: String) async throws {
        #expect(try await APIFixture().get(path).body == #"{"workspaces":[]}"#)
    }

    @Test("slugs keep their case and are decoded once")
    func slugs() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        for path in ["/V1/WORKSPACE/ops/THREAD/New", "/v1/workspace/%6fps/thread/new"] {
            #expect(try await api.post(path, #"{"slug":"\#(path.count)-AbC"}"#).status == 200)
        }
        #expect(try await api.get("/V1/workspace/ops/Thread/28-AbC/CHATS").status == 200)
        #expect(try await api.get("/v1/workspace/ops/thread/28-abc/chats").status == 404)
        #expect(try await api.get("/v1/workspace/OPS").body == #"{"workspace":[]}"#)
        #expect(try await api.get("/v1/workspace/%256fps").body == #"{"workspace":[]}"#)
    }

    @Test("broken percent-encoding in a path is refused", arguments: ["%E0%A4%A", "%", "%zz", "%ff", "a%2"])
    func encoding(segment: String) async throws {
        let answer = try await APIFixture().get("/v1/workspace/" + segment)
        #expect(answer.status == 400)
        #expect(try answer.json()["error"]?.stringValue?.isEmpty == false)
    }

    @Test("HEAD works where GET does, without a body")
    func head() async throws {
        let api = try APIFixture()
        let answer = try await api.send(.head, "/v1/workspaces")
        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
        #expect(answer.contentType == "application/json; charset=utf-8")
        #expect(try await api.send(.head, "/v1/workspace/none/chats").status == 400)
        #expect(try await api.send(.head, "/v1/document/raw-text").status == 404)
    }
}
