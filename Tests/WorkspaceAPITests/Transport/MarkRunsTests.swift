import HTTPTypes
import Testing

@testable import WorkspaceAPI

@Suite("Runs of combining marks")
struct MarkRunsTests {
    @Test("of up to 30 stay as they are; a joiner ends longer ones")
    func bounded() {
        let marks = String(repeating: "\u{301}", count: 30)
        for text in ["", "a", "cafe\u{301}", "שָׁלוֹם", "e" + marks, String(repeating: "e\u{301}\u{323}", count: 100)] {
            #expect(MarkRuns.bounded(text).unicodeScalars.elementsEqual(text.unicodeScalars))
        }
        for count in 31...90 {
            let text = MarkRuns.bounded("x" + String(repeating: "\u{301}", count: count) + "y")
            let runs = text.unicodeScalars.dropFirst().dropLast().split(separator: "\u{34F}").map(\.count)
            #expect(runs.reduce(0, +) == count && runs.allSatisfy { $0 <= 30 } && runs.first == 30, "\(count)")
        }
    }

    @Test(
        "a request of nothing but marks takes no more time than another", .timeLimit(.minutes(1)),
        arguments: [
            ("workspace/ops/vector-search", "query"), ("workspace/ops/chat", "message"), ("workspace/new", "name"),
            ("document/create-folder", "name"),
        ], [false, true])
    func request(route: (path: String, key: String), isEscaped: Bool) async throws {
        let api = try APIFixture()
        try await api.workspace("Ops")
        let marks = String(repeating: isEscaped ? #"\u0301\u0323"# : "\u{301}\u{323}", count: 100_000)
        _ = try await api.send(.post, "/v1/" + route.path, "{\"\(route.key)\":\"e\(marks)\"}")
        #expect(try await api.get("/v1/auth").status == 200)
    }
}
