import OrderedJSON
import Testing
import TestSupport

@testable import LanguageModels

/// A turn of a tool loop in each wire form: what is sent, and which calls come back.
///
/// Sources: OpenAI, "Function calling" (platform.openai.com/docs/guides/function-calling), for both of its forms;
/// Anthropic, "How to implement tool use" (platform.claude.com/docs/en/agents-and-tools/tool-use/implement-tool-use);
/// Ollama, "Tool calling" (docs.ollama.com/capabilities/tool-calling); AWS, "Use a tool to complete an Amazon Bedrock
/// model response" (docs.aws.amazon.com/bedrock/latest/userguide/tool-use.html).
@Suite("tool calling", .timeLimit(.minutes(1)))
struct ToolCallingTests {
    private typealias Script = [ScriptedHTTPServerStep]

    private static let schema = #"{"type":"object","properties":{"q":{"type":"string"}},"required":["q"]}"#

    private static func request() throws -> ToolRequest {
        ToolRequest(
            chat: ProviderFixture.request,
            tools: [ToolDefinition(name: "search", purpose: "Searches.", parameters: try JSONParser.parse(schema))],
            rounds: [
                ToolRound(
                    text: "Let me see.",
                    calls: [
                        ToolCall(id: "c1", name: "search", argumentText: #"{"q":"a"}"#),
                        ToolCall(id: "c2", name: "search", argumentText: "not JSON"),
                    ],
                    results: [ToolResult(callID: "c1", text: "found")])
            ])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var id: String
        var name = "gpt-x"
        var settings: [String: String] = [:]
        var type = "text/event-stream"
        var stream: String
        /// Parts of the body that is sent.
        var sent: [String]
        var callID = "c9"
    }

    private static func events(_ data: [String]) -> String { data.map { "data: \($0)\n\n" }.joined() }

    static let cases = [
        Case(
            testDescription: "Chat Completions", id: "groq",
            stream: events([
                #"{"choices":[{"delta":{"content":"Hm."}}]}"#,
                #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c9","type":"function","function":"#
                    + #"{"name":"search","arguments":""}}]}}]}"#,
                #"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"q\":"}}]}}]}"#,
                #"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"b\"}"}}]}}]}"#,
                #"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#, "[DONE]",
            ]),
            sent: [
                #"{"model":"gpt-x","stream":true,"stream_options":{"include_usage":true},"messages":["#,
                #"{"role":"assistant","content":"Let me see.","tool_calls":[{"id":"c1","type":"function","function":"#
                    + #"{"name":"search","arguments":"{\"q\":\"a\"}"}}"#,
                #"{"role":"tool","tool_call_id":"c1","content":"found"}"#,
                #"{"role":"tool","tool_call_id":"c2","content":"The tool gave no result."}"#,
                #""tools":[{"type":"function","function":{"name":"search","description":"Searches.","#
                    + #""parameters":\#(schema)}}]"#,
            ]),
        Case(
            testDescription: "Chat Completions, whole", id: "groq", type: "application/json",
            stream: #"{"choices":[{"message":{"content":"Hm.","tool_calls":[{"id":"c9","type":"function","function":"#
                + #"{"name":"search","arguments":"{\"q\":\"b\"}"}}]},"finish_reason":"tool_calls"}]}"#, sent: []),
        Case(
            testDescription: "Responses", id: "openai",
            stream: events([
                #"{"type":"response.output_text.delta","delta":"Hm."}"#,
                #"{"type":"response.output_item.added","output_index":1,"#
                    + #""item":{"type":"function_call","name":"search"}}"#,
                #"{"type":"response.function_call_arguments.delta","output_index":1,"delta":"{\"q\":"}"#,
                #"{"type":"response.output_item.done","output_index":1,"item":{"type":"function_call","call_id":"c9","#
                    + #""name":"search","arguments":"{\"q\":\"b\"}"}}"#,
                #"{"type":"response.completed","response":{}}"#,
            ]),
            sent: [
                #"{"role":"assistant","content":"Let me see."}"#,
                #"{"type":"function_call","call_id":"c1","name":"search","arguments":"{\"q\":\"a\"}"}"#,
                #"{"type":"function_call_output","call_id":"c1","output":"found"}"#,
                #""tools":[{"type":"function","name":"search","description":"Searches.","parameters":\#(schema)}]"#,
            ]),
        Case(
            testDescription: "Anthropic Messages", id: "anthropic",
            stream: events([
                #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hm."}}"#,
                #"{"type":"content_block_start","index":1,"#
                    + #""content_block":{"type":"tool_use","id":"c9","name":"search","input":{}}}"#,
                #"{"type":"content_block_delta","index":1,"#
                    + #""delta":{"type":"input_json_delta","partial_json":"{\"q\":"}}"#,
                #"{"type":"content_block_delta","index":1,"#
                    + #""delta":{"type":"input_json_delta","partial_json":"\"b\"}"}}"#,
                #"{"type":"message_delta","delta":{"stop_reason":"tool_use"}}"#, #"{"type":"message_stop"}"#,
            ]),
            sent: [
                #"{"role":"assistant","content":[{"type":"text","text":"Let me see."},{"type":"tool_use","id":"c1","#
                    + #""name":"search","input":{"q":"a"}},{"type":"tool_use","id":"c2","name":"search","input":{}}]}"#,
                #"{"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"found","#
                    + #""is_error":false},{"type":"tool_result","tool_use_id":"c2","#
                    + #""content":"The tool gave no result.","is_error":true}]}"#,
                #""tools":[{"name":"search","description":"Searches.","input_schema":\#(schema)}]"#,
            ]),
        Case(
            testDescription: "Ollama chat", id: "ollama", type: "application/x-ndjson",
            stream: #"{"message":{"content":"Hm."},"done":false}"# + "\n"
                + #"{"message":{"content":"","tool_calls":[{"function":{"name":"search","#
                + #""arguments":{"q":"b"}}}]},"done":false}"#
                + "\n" + #"{"message":{"content":""},"done":true}"# + "\n",
            sent: [
                #"{"role":"assistant","content":"Let me see.","tool_calls":[{"function":{"name":"search","#
                    + #""arguments":{"q":"a"}}},"#,
                #"{"role":"tool","tool_name":"search","content":"found"}"#,
                #""tools":[{"type":"function","function":{"name":"search","description":"Searches.","#
                    + #""parameters":\#(schema)}}]"#,
            ], callID: "call_0"),
    ]

    @Test("tools and rounds are sent in the form's own way, and calls are put together", arguments: cases)
    func turn(testCase: Case) async throws {
        let server = try ScriptedHTTPServer(.answer(type: testCase.type, body: testCase.stream))
        defer { server.stop() }
        let model = try ProviderFixture.model(testCase.id, server, testCase.settings, name: testCase.name)
        let turn = try await #require(model as? any ToolCallingModel).stream(Self.request())
        var text = ""
        for try await event in turn.events { if case .text(let piece) = event { text += piece } }
        #expect(text == "Hm.")
        #expect(turn.calls == [ToolCall(id: testCase.callID, name: "search", argumentText: #"{"q":"b"}"#)])
        let body = try #require(server.requests.last).text
        for part in testCase.sent { #expect(body.contains(part)) }
        #expect(!body.contains("temperature"))
        if testCase.id == "groq" { #expect(!body.contains("max_tokens")) }
    }

    @Test("calls that share a place are told apart by ids and names, and other pieces belong to the last of them")
    func sharedPlace() {
        var assembly = ToolCallAssembly()
        assembly.add(place: 0, id: "a", name: "search", arguments: #"{"q":"#)
        assembly.add(place: 0, id: "", arguments: "1}")
        assembly.add(place: 0, id: "b", name: "search", arguments: "{}")
        assembly.add(place: 1, name: "list")
        assembly.add(place: 0, id: "of the piece", arguments: " ")
        assembly.add(place: 1, arguments: "{}")
        #expect(
            assembly.calls == [
                ToolCall(id: "a", name: "search", argumentText: #"{"q":1}"#),
                ToolCall(id: "b", name: "search", argumentText: "{} "),
                ToolCall(id: "call_1", name: "list", argumentText: "{}"),
            ])
    }

    @Test("named calls without ids that share a place are apart once the one before is whole")
    func sharedPlaceWithoutIDs() {
        var assembly = ToolCallAssembly()
        assembly.add(place: 0, name: "search", arguments: #"{"q":"#)
        assembly.add(place: 0, name: "search", arguments: "1}")
        assembly.add(place: 0, name: "list", arguments: "{}", extra: ["a": 1])
        assembly.add(place: 0, arguments: " ", extra: .null)
        var second = ToolCall(id: "call_0_1", name: "list", argumentText: "{} ")
        second.extraContent = ["a": 1]
        #expect(assembly.calls == [ToolCall(id: "call_0", name: "search", argumentText: #"{"q":1}"#), second])
    }

    @Test(
        "reasoning goes back beside calls to those who want it only",
        arguments: [("deepseek", true), ("moonshotai", true), ("groq", false), ("generic-openai", false)])
    func reasoning(id: String, isReturned: Bool) throws {
        let call = ToolCall(id: "c", name: "search", argumentText: "{}")
        let rounds = [
            ToolRound(text: "a", reasoning: "<think>hm</think>", calls: [call], results: []),
            ToolRound(text: "", calls: [call], results: []),
        ]
        let messages = try ProviderFixture.form(id)
            .body(ToolRequest(chat: ProviderFixture.request, tools: [], rounds: rounds))["messages"]
        #expect(messages?[2]?["content"] == "a")
        #expect(messages?[2]?["reasoning_content"]?.stringValue == (isReturned ? "hm" : nil))
        #expect(messages?[4]?["reasoning_content"]?.stringValue == (isReturned ? " " : nil))
        let silent = try ProviderFixture.form(id)
            .body(ToolRequest(chat: ProviderFixture.request, tools: [], rounds: [rounds[1]]))["messages"]
        #expect(silent?[2]?.objectValue?.keys == ["role", "content", "tool_calls"])
    }

    @Test("Gemini gets back what it has put beside a call, whether the call came in a stream or whole")
    func extraContent() async throws {
        let call =
            #"[{"id":"c9","type":"function","function":{"name":"search","arguments":"{}"},"#
            + #""extra_content":{"google":{"thought_signature":"sig"}}}]"#
        let stream = Self.events([
            #"{"choices":[{"delta":{"tool_calls":\#(call)},"finish_reason":"tool_calls"}]}"#, "[DONE]",
        ])
        let whole = #"{"choices":[{"message":{"content":null,"tool_calls":\#(call)}}]}"#
        for (type, body) in [("text/event-stream", stream), ("application/json", whole)] {
            let server = try ScriptedHTTPServer(.answer(type: type, body: body))
            defer { server.stop() }
            let model = try #require(try ProviderFixture.model("gemini", server) as? ChatCompletionsModel)
            let turn = try await model.stream(Self.request())
            for try await _ in turn.events {}
            let round = ToolRound(text: "", calls: turn.calls, results: [ToolResult(callID: "c9", text: "found")])
            let next = model.form.body(ToolRequest(chat: ProviderFixture.request, tools: [], rounds: [round]))
            #expect(next["messages"]?[2]?["tool_calls"]?.text == call)
        }
    }

    @Test("Converse has calls in its stream and in its rounds")
    func converse() async throws {
        var reader = ConverseEventReader()
        let messages = [
            ("contentBlockStart", #"{"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"c9","name":"search"}}}"#),
            ("contentBlockDelta", #"{"contentBlockIndex":1,"delta":{"toolUse":{"input":"{\"q\":"}}}"#),
            ("contentBlockDelta", #"{"contentBlockIndex":1,"delta":{"toolUse":{"input":"\"b\"}"}}}"#),
            ("messageStop", #"{"stopReason":"tool_use"}"#),
        ]
        for (type, payload) in messages {
            let headers = [":message-type": "event", ":event-type": type]
            _ = try reader.read(AWSEventMessage(headers: headers, payload: Array(payload.utf8)))
        }
        #expect(reader.toolCalls == [ToolCall(id: "c9", name: "search", argumentText: #"{"q":"b"}"#)])
        let body = ConverseRequest(maxTokens: 9).body(try Self.request())
        #expect(
            body["messages"]?[1]?.text == #"{"role":"assistant","content":[{"text":"Let me see."},"#
                + #"{"toolUse":{"toolUseId":"c1","name":"search","input":{"q":"a"}}},"#
                + #"{"toolUse":{"toolUseId":"c2","name":"search","input":{}}}]}"#)
        #expect(
            body["messages"]?[2]?.text == #"{"role":"user","content":[{"toolResult":{"toolUseId":"c1","#
                + #""content":[{"text":"found"}],"status":"success"}},{"toolResult":{"toolUseId":"c2","#
                + #""content":[{"text":"The tool gave no result."}],"status":"error"}}]}"#)
        #expect(
            body["toolConfig"]?.text == #"{"tools":[{"toolSpec":{"name":"search","description":"Searches.","#
                + #""inputSchema":{"json":\#(Self.schema)}}}]}"#)
        #expect(body["inferenceConfig"]?.text == #"{"maxTokens":9}"#)
    }

    @Test("calls of one id keep their own results")
    func sameID() {
        let calls = ["list", "read"].map { ToolCall(id: "a", name: $0, argumentText: "{}") }
        let results = ["first", "second"].map { ToolResult(callID: "a", text: $0) }
        let round = ToolRound(text: "", calls: calls, results: results)
        #expect(round.pairs.map(\.result.text) == ["first", "second"])
        let swapped = [ToolResult(callID: "b", text: "of b"), ToolResult(callID: "a", text: "of a")]
        #expect(ToolRound(text: "", calls: [calls[0]], results: swapped).pairs.map(\.result.text) == ["of a"])
    }

    @Test(
        "arguments may be an object where they should be a text, streamed or whole",
        arguments: [
            (#"{"q":"b"}"#, #"{"q":"b"}"#), (#""{\"q\":1}""#, #"{"q":1}"#), ("{}", ""), ("null", ""), ("[1]", "[1]"),
        ])
    func argumentForms(arguments: String, text: String) async throws {
        let call = #"[{"id":"c9","type":"function","function":{"name":"search","arguments":\#(arguments)}}]"#
        let stream = Self.events([#"{"choices":[{"delta":{"tool_calls":\#(call)}}]}"#, "[DONE]"])
        let whole = #"{"choices":[{"message":{"content":null,"tool_calls":\#(call)}}]}"#
        let ollama = #"{"message":{"content":"","tool_calls":\#(call)},"done":true}"#
        for (id, type, body) in [
            ("groq", "text/event-stream", stream), ("groq", "application/json", whole),
            ("ollama", "application/x-ndjson", ollama),
        ] {
            let server = try ScriptedHTTPServer(.answer(type: type, body: body))
            defer { server.stop() }
            let model = try ProviderFixture.model(id, server)
            let turn = try await #require(model as? any ToolCallingModel).stream(Self.request())
            for try await _ in turn.events {}
            #expect(turn.calls == [ToolCall(id: "c9", name: "search", argumentText: text)])
        }
    }

    @Test(
        "no call of a model lasts beyond the time that it is given, in whatever it waits",
        arguments: [[.stall], .eventStreamHead + [.stall]] as [[ScriptedHTTPServerStep]])
    func deadline(script: [ScriptedHTTPServerStep]) async throws {
        let server = try ScriptedHTTPServer(script)
        defer { server.stop() }
        let model = try #require(try ProviderFixture.model("groq", server) as? any ToolCallingModel)
        let error = await #expect(throws: LanguageModelError.self) {
            let turn = try await model.until(.now + .milliseconds(50)).stream(Self.request())
            for try await _ in turn.events {}
        }
        #expect(error?.code == .timedOut)
        await server.clientIsGone.opened()
    }

    @Test("a busy provider is not waited for beyond that time")
    func busyBeyondDeadline() async throws {
        let server = try ScriptedHTTPServer(
            .answer(status: 429, headers: "Retry-After: 15\r\n", body: #"{"error":{"message":"busy"}}"#))
        defer { server.stop() }
        let model = try #require(try ProviderFixture.model("groq", server) as? any ToolCallingModel)
        let error = await #expect(throws: LanguageModelError.self) {
            _ = try await model.until(.now + .seconds(10)).stream(Self.request())
        }
        #expect(error?.code == .upstreamStatus(429))
        #expect(server.requests.count == 1)
    }

    @Test(
        "arguments are an object or nothing",
        arguments: [
            (#"{"q":1}"#, #"{"q":1}"#), ("", "{}"), (" \n", "{}"), ("[]", nil), ("{", nil), ("null", nil),
        ] as [(String, String?)])
    func arguments(text: String, object: String?) {
        let call = ToolCall(id: "a", name: "b", argumentText: text)
        #expect(call.arguments.map { JSONValue.object($0).text } == object)
    }

    @Test(
        "which models are offered tools",
        arguments: [
            ("generic-openai", "m", [:], true),
            ("generic-openai", "m", ["PROVIDER_DISABLE_NATIVE_TOOL_CALLING": "groq, generic-openai"], false),
            ("anthropic", "m", ["PROVIDER_DISABLE_NATIVE_TOOL_CALLING": "anthropic"], true),
            ("perplexity", "sonar", [:], false), ("nvidia-nim", "m", [:], false), ("extractive", "m", [:], false),
            ("ollama", "m", [:], false), ("gemini", "gemma-3-27b-it", [:], false),
            ("gemini", "gemini-2.5-pro", [:], true),
            ("cohere", "command-r-plus", [:], true), ("cohere", "c4ai-aya", [:], false),
        ] as [(String, String, [String: String], Bool)])
    func offered(id: String, name: String, settings: [String: String], isOffered: Bool) async throws {
        // An address where nobody answers: what the provider would say of the model is unknown.
        let addresses = [
            "GENERIC_OPEN_AI_BASE_PATH": "http://127.0.0.1:1/v1", "OLLAMA_BASE_PATH": "http://127.0.0.1:1",
            "NVIDIA_NIM_LLM_BASE_PATH": "http://127.0.0.1:1", "ANTHROPIC_API_KEY": "k", "PERPLEXITY_API_KEY": "k",
            "COHERE_API_KEY": "k", "GEMINI_API_KEY": "k",
        ]
        let row = try #require(ProviderTable.row(id))
        if id == "anthropic" || id == "gemini" {
            // These would ask their own servers; the rule alone decides.
            #expect(row.tools.allows(name, .unavailable) == isOffered)
            return
        }
        let model = try await ProviderFixture.catalog(addresses.merging(settings) { $1 })
            .toolCallingModel(provider: id, model: name)
        #expect((model != nil) == isOffered)
    }

    /// A provider, what its server says of the model "ai/m", where it is asked, and whether the model is offered tools.
    static let capabilities: [(String, String, String, Bool)] = [
        (
            "docker-model-runner", #"{"config":{"gguf":{"tokenizer.chat_template":"{% if tools %}x{% endif %}"}}}"#,
            "/models/ai/m", true
        ),
        (
            "docker-model-runner", #"{"config":{"gguf":{"tokenizer.chat_template":"{{ messages }}"}}}"#,
            "/models/ai/m", false
        ),
        ("docker-model-runner", #"{"config":{"format":"safetensors"}}"#, "/models/ai/m", false),
        ("docker-model-runner", "<html>", "/models/ai/m", false),
        ("foundry", #"{"data":[{"id":"ai/m","toolCalling":true}]}"#, "/v1/models", true),
        ("foundry", #"{"data":[{"id":"ai/m","supportsToolCalling":true}]}"#, "/v1/models", true),
        ("foundry", #"{"data":[{"id":"ai/m","toolCalling":false}]}"#, "/v1/models", false),
        ("foundry", #"{"data":[{"id":"ai/m"}]}"#, "/v1/models", false),
        (
            "cerebras", #"{"data":[{"id":"ai/m","capabilities":{"function_calling":false}}]}"#, "/public/v1/models",
            false
        ),
        ("cerebras", #"{"data":[{"id":"ai/m","capabilities":{"tools":true}}]}"#, "/public/v1/models", true),
        ("cerebras", #"{"data":[{"id":"ai/m"}]}"#, "/public/v1/models", true),
        ("lmstudio", #"{"data":[{"id":"ai/m","capabilities":["tool_use"]}]}"#, "/api/v0/models", true),
        ("lmstudio", #"{"data":[{"id":"ai/m"}]}"#, "/api/v0/models", false),
        ("novita", #"{"data":[{"id":"ai/m","features":["function-calling"]}]}"#, "/v1/models", true),
        ("novita", #"{"data":[{"id":"ai/m","features":[]}]}"#, "/v1/models", false),
    ]

    @Test("a model is offered tools when its server says that it calls them", arguments: capabilities)
    func listed(id: String, answer: String, path: String, isOffered: Bool) async throws {
        let server = try ScriptedHTTPServer(.answer(body: answer))
        defer { server.stop() }
        let call = try ProviderFixture.call(id, server, name: "ai/m")
        #expect(call.row.tools.allows("ai/m", try await call.lookup()) == isOffered)
        #expect(server.requests.map(\.path) == [path])
    }

    @Test("plain chats do not ask a server that only tells of tools")
    func unasked() async throws {
        let server = try ScriptedHTTPServer(.answer(body: "{}"))
        defer { server.stop() }
        let catalog = ProviderFixture.catalog(["DOCKER_MODEL_RUNNER_BASE_PATH": server.origin])
        _ = try await catalog.preparedModel(provider: "docker-model-runner", model: "m")
        #expect(server.requests.isEmpty)
    }

    @Test(
        "an Ollama model is offered tools when the server says that it takes them",
        arguments: [(#"["completion","tools"]"#, true), (#"["completion"]"#, false)])
    func ollama(capabilities: String, isOffered: Bool) async throws {
        let server = try ScriptedHTTPServer(.answer(body: #"{"model_info":{},"capabilities":\#(capabilities)}"#))
        defer { server.stop() }
        let catalog = ProviderFixture.catalog(["OLLAMA_BASE_PATH": server.origin])
        let model = try await catalog.toolCallingModel(provider: "ollama", model: "m")
        #expect((model != nil) == isOffered)
    }
}
