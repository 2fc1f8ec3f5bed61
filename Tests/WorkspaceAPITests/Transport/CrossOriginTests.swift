import HTTPTypes
import Testing

@Suite("Cross-origin rules")
struct CrossOriginTests {
    @Test(
        "a preflight needs no key and echoes what it asks for",
        arguments: ["/v1/workspaces", "/v1/workspace/ops/chat", "/nowhere"])
    func preflight(path: String) async throws {
        let answer = try await APIFixture().send(
            .options, path,
            headers: [
                .origin: "https://client.test", .accessControlRequestHeaders: "authorization, x-y",
                .accessControlRequestMethod: "POST",
            ], keyID: nil)
        #expect(answer.status == 204)
        #expect(answer.body.isEmpty)
        #expect(answer.headers[.accessControlAllowOrigin] == "https://client.test")
        #expect(answer.headers[.accessControlAllowMethods] == "GET,HEAD,PUT,PATCH,POST,DELETE")
        #expect(answer.headers[.accessControlAllowHeaders] == "authorization, x-y")
        #expect(answer.headers[.vary] == "Origin, Access-Control-Request-Headers")
    }

    @Test(
        "every other answer reflects the origin, refusals too",
        arguments: ["/v1/workspaces", "/v1/workspace/none/chats", "/nowhere"])
    func origin(path: String) async throws {
        let api = try APIFixture()
        for keyID in ["1", nil] {
            let answer = try await api.send(.get, path, headers: [.origin: "null"], keyID: keyID)
            #expect(answer.headers[.accessControlAllowOrigin] == "null")
            #expect(answer.headers[.vary] == "Origin")
        }
        let without = try await api.get(path)
        #expect(without.headers[.accessControlAllowOrigin] == nil)
        #expect(without.headers[.vary] == "Origin")
    }

    @Test("streams allow any origin")
    func stream() async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let answer = try await api.send(
            .post, "/v1/workspace/ops/stream-chat", #"{"message":"hi"}"#, headers: [.origin: "https://client.test"])
        #expect(answer.headers[values: .accessControlAllowOrigin] == ["*"])
    }
}
