import ProviderHTTP
import TestSupport
import Testing

@testable import SentenceEmbedding

@Suite("The remote reranker", .timeLimit(.minutes(1)))
struct RemoteRerankerTests {
    /// One client for all tests: it lives as long as the process.
    private static let client = ProviderClient()

    private func reranker(_ server: ScriptedHTTPServer, _ settings: [String: String] = [:]) -> RemoteReranker {
        let all = ["RERANK_BASE_PATH": server.base].merging(settings) { $1 }
        return RemoteReranker(setting: { all[$0] }, httpClient: Self.client)
    }

    private static func answering(_ body: String, status: Int = 200) throws -> ScriptedHTTPServer {
        try ScriptedHTTPServer(.answer(status: status, body: body))
    }

    @Test("the request has the form of Cohere and Jina")
    func request() async throws {
        let server = try Self.answering(
            #"{"results":[{"index":1,"relevance_score":0.75},{"index":0,"relevance_score":0.25}]}"#)
        defer { server.stop() }
        let settings = [
            "RERANK_BASE_PATH": server.base + "/", "RERANK_API_KEY": "sk-r", "RERANK_MODEL_PREF": "rerank-mock",
        ]
        let scores = try await reranker(server, settings).relevance(of: ["first", "second"], to: "which?")
        #expect(scores == [0.25, 0.75])
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.path == "/v1/rerank")
        #expect(request.headers["authorization"] == "Bearer sk-r")
        #expect(
            request.text == #"{"query":"which?","documents":["first","second"],"top_n":2,"model":"rerank-mock"}"#)
    }

    /// What a server answers about three passages, and the scores that this means.
    static let answers: [(String, [Double])] = [
        (
            #"{"data":[{"index":0,"relevance_score":1},{"index":1,"relevance_score":0},{"index":2,"relevance_score":0.5}]}"#,
            [1, 0, 0.5]
        ),
        // It kept to a limit of its own.
        (#"{"results":[{"index":2,"relevance_score":0.5}]}"#, [0, 0, 0.5]),
        // Logits.
        (
            #"{"results":[{"index":0,"relevance_score":0},{"index":1,"relevance_score":-800},{"index":2,"relevance_score":800}]}"#,
            [0.5, 0, 1]
        ),
    ]

    @Test("scores come in the order of the passages, as relevances", arguments: answers)
    func scores(answer: String, expected: [Double]) async throws {
        let server = try Self.answering(answer)
        defer { server.stop() }
        #expect(try await reranker(server).relevance(of: ["a", "b", "c"], to: "q") == expected)
        #expect(try #require(server.requests.first).headers["authorization"] == nil)
    }

    @Test(
        "an answer that is none is an error",
        arguments: [
            "", "nonsense", "[]", "{}", #"{"results":[]}"#, #"{"results":{}}"#, #"{"results":[1]}"#,
            #"{"results":[{"index":0}]}"#, #"{"results":[{"relevance_score":1}]}"#,
            #"{"results":[{"index":1,"relevance_score":1}]}"#, #"{"results":[{"index":-1,"relevance_score":1}]}"#,
            #"{"results":[{"index":0.5,"relevance_score":1}]}"#, #"{"results":[{"index":0,"relevance_score":"1"}]}"#,
            #"{"results":[{"index":0,"relevance_score":1e999}]}"#,
            #"{"results":[{"index":0,"relevance_score":1},{"index":0,"relevance_score":1}]}"#,
        ])
    func malformed(answer: String) async throws {
        let server = try Self.answering(answer)
        defer { server.stop() }
        let error = await #expect(throws: EmbeddingError.self) {
            try await reranker(server).relevance(of: ["a"], to: "q")
        }
        #expect(error?.code == .upstream)
    }

    @Test("refusals are upstream errors, and nothing is tried twice", arguments: [400, 401, 429, 500, 503])
    func refusal(status: Int) async throws {
        let server = try Self.answering(#"{"message":"no"}"#, status: status)
        defer { server.stop() }
        let refused = await #expect(throws: EmbeddingError.self) {
            try await reranker(server).relevance(of: ["a"], to: "q")
        }
        #expect(refused?.code == .upstream)
        #expect(server.requests.count == 1)
    }

    @Test("a server that is not there is an error within the time limit")
    func gone() async throws {
        let server = try Self.answering("{}")
        server.stop()
        let error = await #expect(throws: EmbeddingError.self) {
            try await reranker(server, ["RERANK_TIMEOUT_MS": "200"]).relevance(of: ["a"], to: "q")
        }
        // The client tries to connect until its time is over, or gives up before.
        #expect(error?.code == .upstream || error?.code == .timedOut)
    }

    @Test("a server that does not answer in time is told apart")
    func timeout() async throws {
        let server = try ScriptedHTTPServer([.stall])
        defer { server.stop() }
        let error = await #expect(throws: EmbeddingError.self) {
            try await reranker(server, ["RERANK_TIMEOUT_MS": "30"]).relevance(of: ["a"], to: "q")
        }
        #expect(error?.code == .timedOut)
    }

    @Test("without an address there is nothing to ask")
    func missingSetting() async throws {
        let reranker = RemoteReranker(setting: { _ in nil }, httpClient: Self.client)
        let error = await #expect(throws: EmbeddingError.self) {
            try await reranker.relevance(of: ["a"], to: "q")
        }
        #expect(error?.code == .badSettings)
    }
}
