import ProviderHTTP
import OrderedJSON
import Synchronization
import Testing
import TestSupport

@testable import SentenceEmbedding

@Suite("generic-openai embedder", .timeLimit(.minutes(1)))
struct GenericOpenAIEmbedderTests {
    /// One client for all tests: it lives as long as the process.
    private static let client = ProviderClient()

    private func embedder(
        _ server: ScriptedHTTPServer, _ settings: [String: String] = [:]
    ) throws -> RemoteEmbedder {
        let base = [
            "EMBEDDING_BASE_PATH": server.base, "EMBEDDING_MODEL_PREF": "mock-embed",
            "GENERIC_OPEN_AI_EMBEDDING_API_KEY": "sk-mock",
        ]
        let all = base.merging(settings) { $1 }
        return RemoteEmbedder(
            try #require(EmbedderTable.row("generic-openai")), setting: { all[$0] }, httpClient: Self.client)
    }

    /// A server that gives each text the vector (its length, 1), backwards when asked.
    private static func server(isReversed: Bool = false) throws -> ScriptedHTTPServer {
        try ScriptedHTTPServer(script: { request in
            let texts = (try? JSONParser.parse(request.text))?["input"]?.arrayValue ?? []  // no input: no vectors
            var items = texts.enumerated().map { index, text in
                #"{"index":\#(index),"embedding":[\#(text.stringValue?.count ?? 0),1]}"#
            }
            if isReversed { items.reverse() }
            return .answer(body: #"{"data":[\#(items.joined(separator: ","))]}"#)
        })
    }

    private static func answering(_ body: String, status: Int = 200) throws -> ScriptedHTTPServer {
        try ScriptedHTTPServer(.answer(status: status, body: body))
    }

    @Test("the request is the recorded one")
    func request() async throws {
        let server = try Self.server()
        defer { server.stop() }
        #expect(try await embedder(server).embed(query: "fox,dog") == [7, 1])
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/v1/embeddings")
        #expect(request.headers["authorization"] == "Bearer sk-mock")
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["accept"] == "application/json")
        #expect(request.text == #"{"model":"mock-embed","input":["fox,dog"],"encoding_format":"base64"}"#)
    }

    @Test("vectors in base64 are little-endian float32")
    func base64() async throws {
        let server = try Self.answering(#"{"data":[{"index":0,"embedding":"AACAPwAAAMAAAAA/"}]}"#)
        defer { server.stop() }
        #expect(try await embedder(server).embed(passages: ["a"]) == [[1, -2, 0.5]])
    }

    @Test("the server's order does not matter")
    func order() async throws {
        let server = try Self.server(isReversed: true)
        defer { server.stop() }
        #expect(try await embedder(server).embed(passages: ["a", "bbb", "cc"]) == [[1, 1], [3, 1], [2, 1]])
    }

    @Test("texts go in batches, in order, with the pause between them")
    func batches() async throws {
        let server = try Self.server()
        defer { server.stop() }
        let pauses = Pauses()
        let settings = [
            "EMBEDDING_BASE_PATH": server.base + "/", "GENERIC_OPEN_AI_EMBEDDING_MAX_CONCURRENT_CHUNKS": "2",
            "GENERIC_OPEN_AI_EMBEDDING_API_DELAY_MS": "10",
        ]
        let embedder = RemoteEmbedder(
            try #require(EmbedderTable.row("generic-openai")), setting: { settings[$0] }, httpClient: Self.client,
            clock: .init(now: { 0 }, sleep: { pauses.append(.seconds($0)) }))
        let vectors = try await embedder.embed(passages: ["a", "bb", "ccc", "dddd", "eeeee"])
        #expect(vectors.map(\.first) == [1, 2, 3, 4, 5])
        #expect(server.requests.count == 3)
        #expect(server.requests.first?.text.hasPrefix(#"{"model":null,"#) == true)
        #expect(pauses.all == [.milliseconds(500), .milliseconds(500)])
    }

    @Test("500 texts go in one request")
    func defaultBatch() async throws {
        let server = try Self.server()
        defer { server.stop() }
        let vectors = try await embedder(server).embed(passages: Array(repeating: "a", count: 501))
        #expect(vectors.count == 501)
        #expect(server.requests.count == 2)
    }

    @Test("no texts, no request")
    func empty() async throws {
        let server = try Self.server()
        defer { server.stop() }
        #expect(try await embedder(server).embed(passages: []).isEmpty)
        #expect(server.requests.isEmpty)
    }

    @Test("settings describe the embedder; the query's prefix is applied, the passage's is the caller's")
    func settings() async throws {
        let server = try Self.server()
        defer { server.stop() }
        let embedder = try embedder(
            server,
            [
                "GENERIC_OPEN_AI_EMBEDDING_QUERY_PREFIX": "q: ", "GENERIC_OPEN_AI_EMBEDDING_PASSAGE_PREFIX": "p: ",
                "EMBEDDING_MODEL_MAX_CHUNK_LENGTH": "2000",
            ])
        #expect(embedder.identifier == "generic-openai/mock-embed")
        #expect(embedder.passagePrefix == "p: ")
        #expect(embedder.maximumChunkLength == 2000)
        #expect(try await embedder.embed(query: "x") == [4, 1])
        #expect(try await embedder.embed(passages: ["x"]) == [[1, 1]])
    }

    @Test("a chunk length that is no number above 1 is 1000", arguments: ["", "1", "x", "-3", "1e3"])
    func chunkLength(value: String) throws {
        let embedder = RemoteEmbedder(
            try #require(EmbedderTable.row("generic-openai")),
            setting: { $0 == "EMBEDDING_MODEL_MAX_CHUNK_LENGTH" ? value : nil }, httpClient: Self.client)
        #expect(embedder.maximumChunkLength == 1000)
    }

    @Test(
        "a refusal is shown as documented",
        arguments: [
            (500, #"{"error":{"message":"mock embedding failure"}}"#, "500 mock embedding failure"),
            (429, #"{"error":{"message":"mock embedding rate limit"}}"#, "429 mock embedding rate limit"),
            (502, "<html></html>", "502 <html></html>"), (503, "", "503 status code (no body)"),
        ])
    func refusal(status: Int, body: String, message: String) async throws {
        let server = try Self.answering(body, status: status)
        defer { server.stop() }
        let error = await #expect(throws: EmbeddingError.self) { try await embedder(server).embed(query: "x") }
        #expect(error?.code == .upstream)
        #expect(error?.message == "GenericOpenAI Failed to embed: " + message)
        #expect(server.requests.count == 1, "nothing is tried twice")
    }

    @Test(
        "answers that are none are refused",
        arguments: [
            "", "{}", "[]", #"{"data":{}}"#, #"{"data":[]}"#, #"{"data":[{"index":0}]}"#,
            #"{"data":[{"index":0,"embedding":[]}]}"#, #"{"data":[{"index":0,"embedding":[1,"x"]}]}"#,
            #"{"data":[{"index":0,"embedding":[1e999]}]}"#, #"{"data":[{"index":0,"embedding":"AAA"}]}"#,
            #"{"data":[{"index":0,"embedding":"AACAPwA="}]}"#, #"{"data":[{"index":1,"embedding":[1]}]}"#,
            #"{"data":[{"index":-1,"embedding":[1]}]}"#,
            #"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}"#,
        ])
    func malformed(body: String) async throws {
        let server = try Self.answering(body)
        defer { server.stop() }
        let error = await #expect(throws: EmbeddingError.self) { try await embedder(server).embed(passages: ["x"]) }
        #expect(error?.code == .upstream)
        #expect(error?.message.hasPrefix("GenericOpenAI Failed to embed: ") == true)
    }

    @Test("vectors of different lengths are refused")
    func dimensions() async throws {
        let server = try Self.answering(#"{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}"#)
        defer { server.stop() }
        let error = await #expect(throws: EmbeddingError.self) {
            try await embedder(server).embed(passages: ["x", "y"])
        }
        #expect(error?.code == .dimensionMismatch)
    }

    @Test("no base path is a setting's fault")
    func noBase() async throws {
        let embedder = RemoteEmbedder(
            try #require(EmbedderTable.row("generic-openai")), setting: { _ in nil }, httpClient: Self.client)
        let error = await #expect(throws: EmbeddingError.self) { try await embedder.embed(query: "x") }
        #expect(error?.code == .badSettings)
    }

    @Test("a stall ends in a timeout and a closed connection")
    func timeout() async throws {
        let server = try ScriptedHTTPServer([.stall])
        defer { server.stop() }
        let embedder = try embedder(server, ["ANYTHINGLLM_FETCH_TIMEOUT": "40"])
        let error = await #expect(throws: EmbeddingError.self) { try await embedder.embed(query: "x") }
        #expect(error?.message == "GenericOpenAI Failed to embed: Request timed out.")
        await server.clientIsGone.opened()
    }

    @Test("an answer that breaks off is an error")
    func cut() async throws {
        let server = try ScriptedHTTPServer([
            .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":["), .close,
        ])
        defer { server.stop() }
        let error = await #expect(throws: EmbeddingError.self) { try await embedder(server).embed(query: "x") }
        #expect(error?.code == .upstream)
    }

    @Test("cancelling the task closes the connection")
    func cancellation() async throws {
        let reached = ScriptedHTTPServerGate()
        let server = try ScriptedHTTPServer([.open(reached), .stall])
        defer { server.stop() }
        let embedder = try embedder(server)
        let task = Task { try await embedder.embed(query: "x") }
        await reached.opened()
        task.cancel()
        let error = await #expect(throws: EmbeddingError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        await server.clientIsGone.opened()
    }

    private final class Pauses: Sendable {
        private let durations = Mutex<[Duration]>([])

        var all: [Duration] { durations.withLock { $0 } }

        func append(_ duration: Duration) { durations.withLock { $0.append(duration) } }
    }
}
