import HTTPTypes
import Testing

@Suite("GET /v1/system/vector-count")
struct VectorCountTests {
    @Test("counts the vectors of all workspaces, copies included")
    func count() async throws {
        let api = try APIFixture()
        let path = "/v1/system/vector-count"
        #expect(try await api.get(path).body == #"{"vectorCount":0}"#)
        for name in ["A", "B"] { try await api.workspace(name) }
        try await api.document("one", "alpha", workspaces: "a,b")
        try await api.document("two", String(repeating: "beta ", count: 400), workspaces: "a")
        // 2000 characters make three chunks of at most 1000 with an overlap of 20.
        #expect(try await api.get(path).body == #"{"vectorCount":5}"#)
        _ = try await api.send(.delete, "/v1/workspace/a")
        #expect(try await api.get(path).body == #"{"vectorCount":1}"#)
    }
}
