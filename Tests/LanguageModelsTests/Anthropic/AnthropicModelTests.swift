import OrderedJSON
import Testing
import TestSupport

@testable import LanguageModels

/// Requests and answers after Anthropic's "Create a Message" (platform.claude.com/docs/en/api/messages/create) and
/// "Streaming messages" (platform.claude.com/docs/en/build-with-claude/streaming).
@Suite("anthropic", .timeLimit(.minutes(1)))
struct AnthropicModelTests {
    private static func events(_ data: [String]) -> [ScriptedHTTPServerStep] {
        [ScriptedHTTPServerStep].eventStreamHead + ProviderFixture.events(data) + [ScriptedHTTPServerStep].lastChunk
    }

    private static let answer = events([
        #"{"type":"message_start","message":{"usage":{"input_tokens":25,"output_tokens":1}}}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a "}}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"b"}}"#,
        #"{"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":2}}"#,
        #"{"type":"message_stop"}"#,
    ])

    @Test("a whole answer is a stream read to its end")
    func complete() async throws {
        let server = try ScriptedHTTPServer(Self.answer)
        defer { server.stop() }
        let completion = try await ProviderFixture.model("anthropic", server, name: "claude-sonnet-4-6")
            .complete(ProviderFixture.request)
        #expect(completion.text == "a b")
        #expect(completion.usage == TokenUsage(promptTokens: 25, completionTokens: 2, totalTokens: 27))
        let request = try #require(server.requests.first)
        #expect(request.path == "/v1/messages")
        #expect(request.headers["x-api-key"] == "sk-test")
        #expect(request.headers["anthropic-version"] == "2023-06-01")
        #expect(request.headers["authorization"] == nil)
        #expect(
            request.text == #"{"model":"claude-sonnet-4-6","max_tokens":64000,"stream":true,"system":"Be terse.","#
                + #""messages":[{"role":"user","content":"When?"}],"temperature":0.7}"#)
    }

    @Test("an error document with status 200 is the provider's error")
    func errorDocument() async throws {
        let body = #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#
        let server = try ScriptedHTTPServer(.answer(body: body))
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.model("anthropic", server))
        #expect(outcome.error?.code == .upstreamMessage)
        #expect(outcome.error?.message == "Anthropic Error:overloaded_error Overloaded")
    }

    @Test(
        "models that refuse a temperature get none, and unknown ones the least limit",
        arguments: [
            ("claude-opus-4-7", false, 32_000), ("eu.anthropic.claude-sonnet-5-v1", false, 4096),
            ("claude-3-haiku-20240307", true, 4096), ("claude-3-5-sonnet-latest", true, 8192),
        ])
    func temperature(name: String, isSent: Bool, limit: Int) async throws {
        let server = try ScriptedHTTPServer(Self.answer)
        defer { server.stop() }
        _ = await Outcome(try ProviderFixture.model("anthropic", server, name: name))
        let body = try JSONParser.parse(try #require(server.requests.first).text)
        #expect((body["temperature"] != nil) == isSent)
        #expect(body["max_tokens"]?.integerValue == limit)
    }

    @Test(
        "the system prompt is cached as long as the setting says",
        arguments: [("5m", true), ("1h", true), ("2h", false)])
    func cache(lifetime: String, isCached: Bool) async throws {
        let server = try ScriptedHTTPServer(Self.answer)
        defer { server.stop() }
        _ = await Outcome(try ProviderFixture.model("anthropic", server, ["ANTHROPIC_CACHE_CONTROL": lifetime]))
        let system = try JSONParser.parse(try #require(server.requests.first).text)["system"]
        let cached = #"[{"type":"text","text":"Be terse.","cache_control":{"type":"ephemeral","ttl":"\#(lifetime)"}}]"#
        #expect(system?.text == (isCached ? cached : #""Be terse.""#))
    }

    @Test("images of question and history are base64 sources, addresses stay addresses, sounds are left out")
    func images() async throws {
        let server = try ScriptedHTTPServer(Self.answer)
        defer { server.stop() }
        var request = ProviderFixture.requestWithImages
        request.messages[3].attachments += [
            ChatAttachment(mime: "", contentString: "https://example.org/b.jpg"),
            ChatAttachment(mime: "audio/mpeg", contentString: "data:audio/mpeg;base64,CCCC"),
            ChatAttachment(mime: "", contentString: ""),
        ]
        _ = await Outcome(try ProviderFixture.model("anthropic", server), request)
        let source = #"{"type":"image","source":{"type":"base64","media_type":"image/png","data":"#
        #expect(
            try JSONParser.parse(try #require(server.requests.first).text)["messages"]?.text
                == #"[{"role":"user","content":[{"type":"text","text":"look"},\#(source)"AAAA"}}]},"#
                + #"{"role":"assistant","content":"ok"},"#
                + #"{"role":"user","content":[{"type":"text","text":"again"},\#(source)"BBBB"}},"#
                + #"{"type":"image","source":{"type":"url","url":"https://example.org/b.jpg"}}]}]"#)
    }

    @Test("thinking is shown in its tags")
    func thinking() async throws {
        let server = try ScriptedHTTPServer(
            Self.events([
                #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"h"}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"x"}}"#,
                #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"a"}}"#,
                #"{"type":"message_stop"}"#,
            ]))
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.model("anthropic", server))
        #expect(outcome.events == [.reasoning("<think>h"), .reasoning("</think>"), .text("a"), .finished])
    }

    @Test("an error in the stream has the reference's words, a whole answer's too")
    func errorInside() async throws {
        let server = try ScriptedHTTPServer(
            Self.events([
                #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}"#,
                #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            ]))
        defer { server.stop() }
        let model = try ProviderFixture.model("anthropic", server)
        let outcome = await Outcome(model)
        #expect(outcome.events == [.text("a")])
        #expect(outcome.error?.message == "Anthropic Error:overloaded_error Overloaded")
        let whole = await #expect(throws: LanguageModelError.self) { try await model.complete(ProviderFixture.request) }
        #expect(
            whole?.message == "AnthropicLLM::getChatCompletion failed to communicate with Anthropic. "
                + "Anthropic Error:overloaded_error Overloaded")
    }

    @Test(
        "wrong types are ignored",
        arguments: [
            "7", "[]", "null", #"{"type":7}"#, #"{"type":"content_block_delta","delta":7}"#,
            #"{"type":"content_block_delta","index":"x","delta":{"type":"text_delta","text":7}}"#,
            #"{"type":"message_delta","usage":[]}"#, #"{"type":"message_start","message":"x"}"#,
            #"{"type":"content_block_start","content_block":{"type":"tool_use","id":1,"name":2}}"#,
            #"{"type":"a_new_event"}"#,
        ])
    func wrongTypes(data: String) throws {
        var reader = AnthropicEventReader()
        #expect(try reader.read(ServerSentEvent(name: "", data: Array(data.utf8))).isEmpty)
        #expect(reader.toolCalls.isEmpty)
        #expect(reader.end() == [.finished])
    }
}
