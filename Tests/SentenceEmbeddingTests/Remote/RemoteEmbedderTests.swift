import ProviderHTTP
import OrderedJSON
import Synchronization
import TestSupport
import Testing

@testable import SentenceEmbedding

@Suite("Remote embedders", .timeLimit(.minutes(1)))
struct RemoteEmbedderTests {
    /// One client for all tests: it lives as long as the process.
    private static let client = ProviderClient()

    /// What the engines that can be sent anywhere need; the address is that of the server.
    private static func settings(_ server: ScriptedHTTPServer) -> [String: String] {
        let origin = String(server.base.dropLast("/v1".count))
        return [
            "EMBEDDING_BASE_PATH": origin, "AZURE_OPENAI_ENDPOINT": origin + "/", "LITE_LLM_BASE_PATH": server.base,
            "EMBEDDING_MODEL_PREF": "my model", "AZURE_OPENAI_KEY": "k-azure", "LITE_LLM_API_KEY": "k-lite",
            "OLLAMA_AUTH_TOKEN": "k-ollama", "LOCAL_AI_API_KEY": "k-local", "LMSTUDIO_AUTH_TOKEN": "k-studio",
            "LEMONADE_LLM_API_KEY": "k-lemon", "EMBEDDING_OUTPUT_DIMENSIONS": "2",
        ]
    }

    private func embedder(
        _ id: String, _ settings: [String: String], clock: RemoteEmbedder.Clock = .system
    ) throws -> RemoteEmbedder {
        let row = try #require(EmbedderTable.row(id))
        return RemoteEmbedder(row, setting: { settings[$0] }, httpClient: Self.client, clock: clock)
    }

    /// A server that gives each text the vector (its length, 1) in both wire forms.
    private static func server() throws -> ScriptedHTTPServer {
        try ScriptedHTTPServer(script: { request in
            let texts = (try? JSONParser.parse(request.text))?["input"]?.arrayValue ?? []  // no input: no vectors
            let vectors = texts.map { "[\($0.stringValue?.count ?? 0),1]" }
            if request.path == "/api/embed" {
                return .answer(body: #"{"embeddings":[\#(vectors.joined(separator: ","))]}"#)
            }
            let items = vectors.enumerated().map { #"{"index":\#($0),"embedding":\#($1)}"# }
            return .answer(body: #"{"data":[\#(items.joined(separator: ","))]}"#)
        })
    }

    @Test(
        "each engine asks in its form, where the contract says, with its key",
        arguments: [
            (
                "azure", "/openai/deployments/my%20model/embeddings?api-version=2024-12-01-preview", "api-key",
                "k-azure",
                #"{"model":"my model","input":["ab"],"encoding_format":"base64"}"#
            ),
            (
                "localai", "/embeddings", "authorization", "Bearer k-local",
                #"{"model":"my model","input":["ab"],"encoding_format":"float","dimensions":2}"#
            ),
            (
                "ollama", "/api/embed", "authorization", "Bearer k-ollama",
                #"{"model":"my model","input":["ab"],"options":{"num_ctx":1000}}"#
            ),
            (
                "lmstudio", "/v1/embeddings", "authorization", "Bearer k-studio",
                #"{"model":"my model","input":["ab"],"encoding_format":"base64"}"#
            ),
            (
                "litellm", "/v1/embeddings", "authorization", "Bearer k-lite",
                #"{"model":"my model","input":["ab"],"encoding_format":"base64"}"#
            ),
            (
                "lemonade", "/api/v1/embeddings", "authorization", "Bearer k-lemon",
                #"{"model":"my model","input":["ab"],"encoding_format":"base64"}"#
            ),
        ])
    func request(id: String, path: String, header: String, value: String, body: String) async throws {
        let server = try Self.server()
        defer { server.stop() }
        #expect(try await embedder(id, Self.settings(server)).embed(passages: ["ab"]) == [[2, 1]])
        let request = try #require(server.requests.first)
        #expect(request.path == path)
        #expect(request.headers[header] == value)
        #expect(request.text == body)
    }

    @Test(
        "hosted engines are where their providers say",
        arguments: [
            ("openai", "https://api.openai.com/v1", "text-embedding-ada-002", 8191),
            ("cohere", "https://api.cohere.ai/compatibility/v1", "embed-english-v3.0", 1945),
            ("voyageai", "https://api.voyageai.com/v1", "voyage-3-lite", 32_000),
            ("mistral", "https://api.mistral.ai/v1", "mistral-embed", 1000),
            ("gemini", "https://generativelanguage.googleapis.com/v1beta/openai", "gemini-embedding-001", 2048),
            ("openrouter", "https://openrouter.ai/api/v1", "baai/bge-m3", 8191),
        ])
    func hosted(id: String, base: String, model: String, length: Int) throws {
        let embedder = try embedder(id, [:])
        #expect(try embedder.base() == base)
        #expect(embedder.identifier == "\(id)/\(model)")
        #expect(embedder.maximumChunkLength == length)
    }

    @Test(
        "the longest chunk follows the model",
        arguments: [
            ("voyageai", "voyage-law-2", 16_000), ("voyageai", "voyage-2", 4000),
            ("gemini", "gemini-embedding-2-preview", 8192), ("gemini", "other", 2048),
        ])
    func length(id: String, model: String, length: Int) throws {
        #expect(try embedder(id, ["EMBEDDING_MODEL_PREF": model]).maximumChunkLength == length)
    }

    @Test(
        "what is not set is said in the reference's words",
        arguments: [
            ("openai", [:], "No OpenAI API key was set."),
            ("azure", [:], "No Azure API endpoint was set."),
            ("azure", ["AZURE_OPENAI_ENDPOINT": "http://x"], "No Azure API key was set."),
            (
                "azure", ["AZURE_OPENAI_ENDPOINT": "http://x", "AZURE_OPENAI_KEY": "k"],
                "No Embedding Model preference defined."
            ),
            ("localai", [:], "No embedding base path was set."),
            ("localai", ["EMBEDDING_BASE_PATH": "http://x"], "No embedding model was set."),
            ("ollama", [:], "No embedding base path was set."),
            ("ollama", ["EMBEDDING_BASE_PATH": "http://x"], "No embedding model was set."),
            ("lemonade", ["EMBEDDING_BASE_PATH": "http://x"], "No Embedding Model Pref was set."),
        ] as [(String, [String: String], String)])
    func missing(id: String, settings: [String: String], message: String) async throws {
        let error = await #expect(throws: EmbeddingError.self) {
            try await embedder(id, settings).embed(passages: ["x"])
        }
        #expect(error?.code == .badSettings)
        #expect(error?.message == message)
    }

    @Test(
        "refusals carry the engine's label",
        arguments: [
            ("litellm", 500, "LiteLLM Failed to embed: [failed_to_embed]: 500 boom"),
            ("lmstudio", 404, "LMStudio Failed to embed: [failed_to_embed]: 404 boom"),
            ("ollama", 500, "Ollama Failed to embed: [failed_to_embed]: 500 boom"),
        ])
    func refusal(id: String, status: Int, message: String) async throws {
        let server = try ScriptedHTTPServer(.answer(status: status, body: #"{"error":{"message":"boom"}}"#))
        defer { server.stop() }
        let error = await #expect(throws: EmbeddingError.self) {
            try await embedder(id, Self.settings(server)).embed(passages: ["x", "y"])
        }
        #expect(error?.message == message)
    }

    @Test("a server that is not there is named", arguments: ["ollama", "lmstudio"])
    func unreachable(id: String) async throws {
        let server = try Self.server()
        let settings = Self.settings(server)
        server.stop()
        let error = await #expect(throws: EmbeddingError.self) {
            try await embedder(id, settings).embed(query: "x")
        }
        let label = id == "ollama" ? "Ollama" : "LMStudio"
        #expect(error?.message == "\(label) service could not be reached. Is \(label) running?")
    }

    /// A server that is busy so often and then answers, and the waits of its caller.
    private func waits(
        busy: Int, status: Int = 429, header: String? = nil, settings: [String: String] = [:], asQuery: Bool = false
    ) async throws -> (waits: [Double], result: Result<[Float], EmbeddingError>) {
        let asked = Mutex(0)
        let server = try ScriptedHTTPServer(script: { _ in
            let number = asked.withLock { count in
                count += 1
                return count
            }
            if number > busy { return .answer(body: #"{"data":[{"index":0,"embedding":[1,2]}]}"#) }
            let body = #"{"error":{"message":"busy"}}"#
            let after = header.map { "Retry-After: \($0)\r\n" } ?? ""
            return [
                .send(
                    "HTTP/1.1 \(status) Busy\r\n\(after)Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                ), .close,
            ]
        })
        defer { server.stop() }
        let slept = Mutex<[Double]>([])
        let clock = RemoteEmbedder.Clock(
            now: { 784_111_777 }, sleep: { seconds in slept.withLock { $0.append(seconds) } })
        let all = Self.settings(server).merging(settings) { $1 }
        let embedder = try embedder("litellm", all, clock: clock)
        do throws(EmbeddingError) {
            let vector =
                asQuery ? try await embedder.embed(query: "x") : try await embedder.embed(passages: ["x"]).first ?? []
            return (slept.withLock { $0 }, .success(vector))
        } catch {
            return (slept.withLock { $0 }, .failure(error))
        }
    }

    @Test("a busy service is asked again after a wait that doubles", arguments: [429, 503])
    func backoff(status: Int) async throws {
        let (waits, result) = try await waits(busy: 3, status: status)
        #expect(waits == [0.5, 1, 2])
        #expect(try result.get() == [1, 2])
    }

    @Test("a service that says when to come back is obeyed, in seconds or by date")
    func retryAfter() async throws {
        let seconds = try await waits(busy: 1, header: "7", asQuery: true)
        #expect(seconds.waits == [7])
        #expect(try seconds.result.get() == [1, 2])
        let date = try await waits(busy: 2, header: "Sun, 06 Nov 1994 08:49:41 GMT")
        #expect(date.waits == [4, 4])
        #expect(try date.result.get() == [1, 2])
    }

    @Test("waiting ends with the tries or with the budget, and the refusal is shown")
    func budget() async throws {
        let message = "LiteLLM Failed to embed: [failed_to_embed]: 429 busy"
        let cases: [(waits: [Double], result: Result<[Float], EmbeddingError>)] = [
            try await waits(busy: 99), try await waits(busy: 99, header: "61"),
            try await waits(busy: 99, header: "40"),
            try await waits(busy: 99, settings: ["ANYTHINGLLM_MAX_RETRIES": "0"]),
            try await waits(busy: 99, settings: ["EMBEDDING_RETRY_BUDGET_MS": "1600"]),
            try await waits(busy: 99, asQuery: true), try await waits(busy: 99, header: "soon", asQuery: true),
        ]
        #expect(cases.map(\.waits) == [[0.5, 1, 2, 4], [], [40], [], [0.5, 1], [], []])
        for outcome in cases {
            let error = #expect(throws: EmbeddingError.self) { try outcome.result.get() }
            #expect(error?.message == message)
        }
    }

    @Test("a kept connection that the service has closed meanwhile is no failure, a service that hangs up is one")
    func stale() async throws {
        let server = try ScriptedHTTPServer(script: { request in
            // The first connection takes one request, the third and later ones none.
            if request.connection > 1 || request.text.contains("second") && request.connection == 0 { return [.close] }
            return .answer(body: #"{"data":[{"index":0,"embedding":[1,2]}]}"#)
        })
        defer { server.stop() }
        let embedder = try embedder("litellm", Self.settings(server))
        #expect(try await embedder.embed(query: "first") == [1, 2])
        #expect(try await embedder.embed(query: "second") == [1, 2])
        let gone = try ScriptedHTTPServer([.close])
        defer { gone.stop() }
        let error = await #expect(throws: EmbeddingError.self) {
            try await self.embedder("litellm", Self.settings(gone)).embed(query: "x")
        }
        #expect(error?.message == "LiteLLM Failed to embed: [failed_to_embed]: Connection error.")
        #expect(gone.requests.count == 1)
    }

    @Test("many batches go a few at a time and come back in order")
    func together() async throws {
        let server = try Self.server()
        defer { server.stop() }
        let texts = (0..<205).map { String(repeating: "x", count: $0 % 90 + 1) }
        let vectors = try await embedder("localai", Self.settings(server)).embed(passages: texts)
        #expect(vectors.map(\.first) == texts.map { Float($0.count) })
        #expect(server.requests.count == 5)
    }

    @Test("several failures are told, each once")
    func failures() async throws {
        let server = try ScriptedHTTPServer(script: { request in
            let isShort = request.text.contains(#"["a""#)
            return .answer(status: 400, body: #"{"error":{"message":"\#(isShort ? "short" : "long")"}}"#)
        })
        defer { server.stop() }
        let texts = Array(repeating: "a", count: 50) + Array(repeating: "bb", count: 100)
        let error = await #expect(throws: EmbeddingError.self) {
            try await embedder("localai", Self.settings(server)).embed(passages: texts)
        }
        #expect(
            error?.message == "LocalAI Failed to embed: [failed_to_embed]: 400 short, [failed_to_embed]: 400 long")
    }

    @Test(
        "vectors that cannot be used are refused",
        arguments: [
            (#"{"data":[{"index":0,"embedding":[0,0]}]}"#, "a vector of zeros"),
            (#"{"data":[{"index":0,"embedding":"AAAAAAAAAAA="}]}"#, "a vector of zeros"),
            (#"{"data":[{"index":0,"embedding":[1,1e99]}]}"#, "a vector that is none"),
            // NaN and infinity, which JSON's numbers cannot be.
            (#"{"data":[{"index":0,"embedding":"AADAfwAAgD8="}]}"#, "a vector that is none"),
            (#"{"data":[{"index":0,"embedding":"AACAPwAAgH8="}]}"#, "a vector that is none"),
            (#"{"data":[]}"#, "0 vectors came back for 1 texts"),
            (#"{"data":[{"index":0,"embedding":[1,2,3]}]}"#, "a vector of 3 dimensions came back; 2 were asked for"),
        ])
    func vectors(body: String, reason: String) async throws {
        let server = try ScriptedHTTPServer(.answer(body: body))
        defer { server.stop() }
        let error = await #expect(throws: EmbeddingError.self) {
            try await embedder("localai", Self.settings(server)).embed(passages: ["x"])
        }
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test("an embedder is found again by its identifier, with the model that it names")
    func identifier() throws {
        let settings = [
            "GEMINI_EMBEDDING_API_KEY": "k", "EMBEDDING_MODEL_PREF": "new", "EMBEDDING_OUTPUT_DIMENSIONS": "512",
        ]
        let now = try embedder("gemini", settings)
        #expect(now.identifier == "gemini/new@512")
        for identifier in ["gemini/old", "gemini/old@256", "gemini/new@512"] {
            let again = RemoteEmbedder(identifier: identifier, setting: { settings[$0] }, httpClient: Self.client)
            #expect(again?.identifier == identifier)
        }
        for identifier in ["native/all-MiniLM-L6-v2", "openai/x", "ollama/x", "nonsense", ""] {
            let none = RemoteEmbedder(identifier: identifier, setting: { settings[$0] }, httpClient: Self.client)
            #expect(none == nil, "\(identifier)")
        }
    }

    @Test("every row's settings are declared once, keys as secrets")
    func declarations() {
        let names = EmbedderTable.settings.map(\.name)
        #expect(Set(names).count == names.count)
        for row in EmbedderTable.rows {
            if let key = row.key { #expect(EmbedderTable.settings.contains { $0.name == key.setting && $0.isSecret }) }
            if let address = row.address.setting { #expect(names.contains(address)) }
        }
        #expect(
            Set(EmbedderTable.ids)
                == [
                    "openai", "azure", "gemini", "localai", "ollama", "lmstudio", "cohere", "voyageai", "litellm",
                    "generic-openai", "mistral", "openrouter", "lemonade",
                ])
    }
}
