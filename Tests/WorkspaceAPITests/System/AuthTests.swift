import HTTPTypes
import Testing

@Suite("GET /v1/auth")
struct AuthTests {
    @Test("a known key is authenticated, nothing else")
    func auth() async throws {
        let api = try APIFixture()
        #expect(try await api.get("/v1/auth").body == #"{"authenticated":true}"#)
        for keyID in [nil, ""] {
            let answer = try await api.send(.get, "/v1/auth", keyID: keyID)
            #expect(answer.status == 403)
            #expect(answer.contentType == "application/json; charset=utf-8")
            #expect(answer.body == #"{"error":"No valid api key found."}"#)
        }
        #expect(try api.events().isEmpty)
    }
}
