import HTTPTypes
import Testing

@Suite("GET /ping")
struct PingTests {
    @Test("answers without a key")
    func ping() async throws {
        let answer = try await APIFixture().send(.get, "/ping", keyID: nil)
        #expect(answer.status == 200)
        #expect(answer.body == #"{"online":true}"#)
    }
}
