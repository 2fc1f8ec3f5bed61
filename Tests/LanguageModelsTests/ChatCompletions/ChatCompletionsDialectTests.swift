import NIOCore
import OrderedJSON
import Testing
import TestSupport

@testable import LanguageModels

/// The quirks of contract/providers.md 3.2, each in the body that is sent.
@Suite("dialects of Chat Completions", .timeLimit(.minutes(1)))
struct ChatCompletionsDialectTests {
    enum Images: Sendable {
        case none
        case current(String)
        case all(String)
    }

    private static let url = #"{"type":"image_url","image_url":{"url":"data:image/png;base64,BBBB"}}"#
    private static let auto = #"{"type":"image_url","image_url":{"url":"data:image/png;base64,BBBB","detail":"auto"}}"#
    private static let high = #"{"type":"image_url","image_url":{"url":"data:image/png;base64,BBBB","detail":"high"}}"#
    private static let plain = #"{"type":"image_url","image_url":"data:image/png;base64,BBBB"}"#

    static let imageForms: [(String, Images)] = [
        ("azure", .all(url)), ("gemini", .all(high)), ("lmstudio", .all(auto)), ("localai", .all(url)),
        ("togetherai", .current(url)), ("fireworksai", .none), ("perplexity", .none), ("openrouter", .all(auto)),
        ("mistral", .all(plain)), ("groq", .none), ("koboldcpp", .all(url)), ("textgenwebui", .all(url)),
        ("cohere", .none), ("litellm", .all(url)), ("generic-openai", .all(high)), ("deepseek", .none),
        ("apipie", .all(auto)), ("novita", .all(auto)), ("xai", .all(high)), ("nvidia-nim", .all(auto)),
        ("ppio", .none), ("moonshotai", .all(url)), ("cometapi", .all(auto)), ("foundry", .all(auto)),
        ("zai", .current(url)), ("giteeai", .none), ("docker-model-runner", .all(auto)), ("privatemode", .all(auto)),
        ("sambanova", .current(url)), ("lemonade", .all(auto)), ("minimax", .none), ("cerebras", .none),
        ("omlx", .all(auto)),
    ]

    @Test("images have the provider's form or are dropped", arguments: imageForms)
    func images(id: String, form: Images) throws {
        let body = try ProviderFixture.form(id).body(ProviderFixture.requestWithImages, isStreamed: false)
        let messages = body["messages"]
        let (history, question) = (messages?[1]?["content"], messages?[3]?["content"])
        switch form {
        case .none:
            #expect(history == "look")
            #expect(question == "again")
        case .current(let part):
            #expect(history == "look")
            #expect(question?.text == #"[{"type":"text","text":"again"},\#(part)]"#)
        case .all(let part):
            #expect(question?.text == #"[{"type":"text","text":"again"},\#(part)]"#)
            #expect(
                history?.text == #"[{"type":"text","text":"look"},\#(part.replacing("BBBB", with: "AAAA"))]"#)
        }
    }

    @Test("groq's vision models get the image of the question, and keep system prompt and history (quirk 7)")
    func groq() throws {
        let body = try ProviderFixture.form("groq", name: "llama-3.2-90b-vision-preview")
            .body(ProviderFixture.requestWithImages, isStreamed: false)
        #expect(body["messages"]?.arrayValue?.count == 4)
        #expect(body["messages"]?[3]?["content"]?.text == #"[{"type":"text","text":"again"},\#(Self.url)]"#)
        #expect(body["messages"]?[1]?["content"] == "look")
    }

    @Test(
        "what else a body has or lacks",
        arguments: [
            ("openrouter", [:], [#""include_reasoning":true,"user":"""#], ["stream_options", "max_tokens"]),
            ("azure", [:], [#""stream":true,"n":1,"#, #""temperature":0.5"#], ["stream_options"]),
            (
                "azure", ["AZURE_OPENAI_MODEL_TYPE": "reasoning"], [#"{"role":"user","content":"Be terse."}"#],
                ["temperature", "system"]
            ),
            ("gemini", [:], [#""stream_options":{"include_usage":true}"#], []),
            ("cohere", [:], [#""stream_options":{"include_usage":true}"#], []),
            ("sambanova", [:], [#""stream_options":{"include_usage":true}"#], []),
            ("koboldcpp", [:], [#""max_tokens":2048"#], ["stream_options"]),
            ("koboldcpp", ["KOBOLD_CPP_MAX_TOKENS": "9"], [#""max_tokens":9"#], []),
            ("foundry", ["FOUNDRY_MODEL_TOKEN_LIMIT": "5000"], [#""max_completion_tokens":5000"#], [#""max_tokens""#]),
            ("mistral", [:], [#""temperature":0.5"#], ["stream_options", "max_tokens"]),
        ] as [(String, [String: String], [String], [String])])
    func members(id: String, settings: [String: String], present: [String], absent: [String]) throws {
        let body = try ProviderFixture.form(id, settings).body(ProviderFixture.requestWithImages, isStreamed: true).text
        for part in present { #expect(body.contains(part)) }
        for part in absent { #expect(!body.contains(part)) }
    }

    @Test("gemma models have no system message", arguments: [("gemma-3-27b-it", true), ("gemini-2.0-flash", false)])
    func gemma(name: String, lacksSystem: Bool) throws {
        let body = try ProviderFixture.form("gemini", name: name).body(ProviderFixture.request, isStreamed: false)
        let exchange = #"[{"role":"user","content":"Be terse."},{"role":"assistant","content":"Okay."},"#
        #expect((body["messages"]?.text.hasPrefix(exchange) == true) == lacksSystem)
    }

    @Test("textgenwebui is sent no model", arguments: [false, true])
    func noModel(isStreamed: Bool) throws {
        let body = try ProviderFixture.form("textgenwebui").body(ProviderFixture.request, isStreamed: isStreamed)
        #expect(body["model"] == JSONValue.null)
    }

    @Test(
        "reasoning is shown in whole answers where the contract says so",
        arguments: ProviderTable.rows.compactMap { row -> String? in
            if case .chatCompletions = row.form { row.id } else { nil }
        })
    func wholeReasoning(id: String) throws {
        let server = try ScriptedHTTPServer([])
        defer { server.stop() }
        let model = try #require(try ProviderFixture.model(id, server) as? ChatCompletionsModel)
        let answer = try JSONParser.parse(#"{"choices":[{"message":{"content":"x","reasoning":"r"}}]}"#)
        let shows = ["lmstudio", "openrouter", "generic-openai", "deepseek", "giteeai", "lemonade", "omlx"].contains(id)
        #expect(try model.completion(answer).text == (shows ? "<think>r</think>x" : "x"))
    }

    @Test("koboldcpp ends at stop and length only")
    func finishReasons() throws {
        var reader = ChatCompletionChunkReader(try ProviderFixture.form("koboldcpp").dialect)
        let chunk = { (reason: String) in
            ServerSentEvent(name: "", data: Array(#"{"choices":[{"delta":{},"finish_reason":"\#(reason)"}]}"#.utf8))
        }
        #expect(try reader.read(chunk("null")) == [])
        #expect(try reader.read(chunk("length")) == [.finished])
    }

    @Test("perplexity's citations become links, streamed or not")
    func citations() async throws {
        let server = try ScriptedHTTPServer(script: { request in
            guard request.text.contains(#""stream":true"#) else {
                return .answer(body: #"{"citations":["https://a"],"choices":[{"message":{"content":"x [1]"}}]}"#)
            }
            return [ScriptedHTTPServerStep].eventStreamHead
                + ProviderFixture.events([
                    #"{"citations":["https://a"],"choices":[{"delta":{"content":"x ["}}]}"#,
                    #"{"choices":[{"delta":{"content":"1"}}]}"#, #"{"choices":[{"delta":{"content":"] y ["}}]}"#,
                    ProviderFixture.stop, "[DONE]",
                ]) + [ScriptedHTTPServerStep].lastChunk
        })
        defer { server.stop() }
        let model = try ProviderFixture.model("perplexity", server, name: "sonar")
        #expect(try await model.complete(ProviderFixture.request).text == "x [[1](https://a)]")
        #expect(await Outcome(model).events == [.text("x "), .text("[[1](https://a)] y "), .text("["), .finished])
    }

    /// The model without what prepares its provider, taking 20 ms of silence for the end.
    private static func impatient(_ model: ChatCompletionsModel) -> ChatCompletionsModel {
        var endpoint = model.endpoint
        endpoint.timeouts.quietEnd = .milliseconds(20)
        return ChatCompletionsModel(
            name: "sonar", providerName: model.providerName, contextWindow: 4096, endpoint: endpoint,
            form: ChatCompletionsRequest(model: "sonar"))
    }

    @Test("silence ends the answer of providers that forget their finish marker", arguments: ["perplexity", "foundry"])
    func quietEnd(id: String) async throws {
        let server = try ScriptedHTTPServer(
            [ScriptedHTTPServerStep].eventStreamHead + ProviderFixture.events([ProviderFixture.delta("a")]) + [.stall])
        defer { server.stop() }
        let model = try #require(try ProviderFixture.model(id, server, name: "sonar") as? ChatCompletionsModel)
        #expect(model.endpoint.timeouts.quietEnd == .milliseconds(id == "foundry" ? 500 : 800))
        let outcome = await Outcome(Self.impatient(model))
        #expect(outcome.events == [.text("a"), .finished])
        #expect(outcome.error == nil)
        await server.clientIsGone.opened()
    }

    @Test("silence behind comments only is no end: OpenRouter sends them while its model has not begun")
    func quietComments() async throws {
        let server = try ScriptedHTTPServer(
            [ScriptedHTTPServerStep].eventStreamHead + .chunk(": OPENROUTER PROCESSING\n\n") + [.stall])
        defer { server.stop() }
        let settings = ["LLM_FIRST_TOKEN_TIMEOUT_MS": "5000", "LLM_IDLE_TIMEOUT_MS": "100"]
        let model = try #require(
            try ProviderFixture.model("perplexity", server, settings, name: "sonar") as? ChatCompletionsModel)
        let outcome = await Outcome(Self.impatient(model))
        #expect(outcome.events == [])
        #expect(outcome.error?.code == .timedOut)
    }

    @Test(
        "the silence is set in milliseconds, 500 at least",
        arguments: [(nil, 3000), ("700", 700), ("1", 500), ("x", 3000)] as [(String?, Int64)])
    func quietSetting(value: String?, milliseconds: Int64) throws {
        let server = try ScriptedHTTPServer([])
        defer { server.stop() }
        for (id, name) in [
            ("openrouter", "OPENROUTER_TIMEOUT_MS"), ("novita", "NOVITA_LLM_TIMEOUT_MS"),
            ("cometapi", "COMETAPI_LLM_TIMEOUT_MS"),
        ] {
            let settings = value.map { [name: $0] } ?? [:]
            let model = try ProviderFixture.model(id, server, settings) as? ChatCompletionsModel
            #expect(model?.endpoint.timeouts.quietEnd == .milliseconds(milliseconds))
        }
    }
}
