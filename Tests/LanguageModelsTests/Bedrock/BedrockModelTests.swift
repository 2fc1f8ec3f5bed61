import OrderedJSON
import Testing
import TestSupport

@testable import LanguageModels

/// Requests and answers after AWS's "Converse"
/// (docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html).
@Suite("bedrock", .timeLimit(.minutes(1)))
struct BedrockModelTests {
    private static let signing = WireFormSample.converse.settings

    private static let answer = [ScriptedHTTPServerStep].answer(
        body: #"{"output":{"message":{"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"#
            + #""text":"h","signature":"s"}}},{"text":"a "},{"text":"b"}]}},"stopReason":"end_turn","#
            + #""usage":{"inputTokens":4,"outputTokens":2,"totalTokens":6},"metrics":{"latencyMs":9}}"#)

    @Test("with an access key requests are signed and go to Converse")
    func converse() async throws {
        let server = try ScriptedHTTPServer(Self.answer)
        defer { server.stop() }
        let clock = ProviderClock(now: { 1_772_622_002 }, sleep: { _ in })
        let model = try ProviderFixture.model("bedrock", server, Self.signing, name: "a.b-v1:0", clock: clock)
        let completion = try await model.complete(ProviderFixture.request)
        #expect(completion.text == "<think>h</think>a b")
        #expect(completion.usage == TokenUsage(promptTokens: 4, completionTokens: 2, totalTokens: 6))
        let request = try #require(server.requests.first)
        #expect(request.path == "/model/a.b-v1%3A0/converse")
        #expect(request.headers["x-amz-date"] == "20260304T110002Z")
        let authorization = request.headers["authorization"]
        #expect(
            authorization?.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260304/eu-west-1/bedrock/aws4_request, "
                    + "SignedHeaders=content-type;host;x-amz-date, Signature=") == true)
        #expect(request.headers["host"] == "127.0.0.1:\(server.port)")
        #expect(
            request.text == #"{"messages":[{"role":"user","content":[{"text":"When?"}]}],"#
                + #""system":[{"text":"Be terse."}],"inferenceConfig":{"maxTokens":4096,"temperature":0.7}}"#)
    }

    @Test("images have their format, and what is none is left out")
    func images() async throws {
        let server = try ScriptedHTTPServer(Self.answer)
        defer { server.stop() }
        var request = ProviderFixture.requestWithImages
        request.messages[3].attachments += [
            ChatAttachment(mime: "image/jpg", contentString: "CCCC"),
            ChatAttachment(mime: "image/tiff", contentString: "DDDD"),
            ChatAttachment(mime: "", contentString: "https://example.org/b.jpg"),
        ]
        _ = try await ProviderFixture.model("bedrock", server, Self.signing).complete(request)
        let messages = try JSONParser.parse(try #require(server.requests.first).text)["messages"]
        #expect(
            messages?[2]?["content"]?.text
                == #"[{"text":"again"},{"image":{"format":"png","source":{"bytes":"BBBB"}}},"#
                + #"{"image":{"format":"jpeg","source":{"bytes":"CCCC"}}}]"#)
        #expect(messages?[0]?["content"]?.text.contains("AAAA") == true)
    }

    @Test("models without a system prompt get an exchange in its place, in both forms")
    func lacksSystem() async throws {
        let server = try ScriptedHTTPServer(Self.answer)
        defer { server.stop() }
        let name = "us.deepseek.r1-v1:0"
        _ = try await ProviderFixture.model("bedrock", server, Self.signing, name: name)
            .complete(ProviderFixture.request)
        _ = try await ProviderFixture.model("bedrock", server, name: name).complete(ProviderFixture.request)
        let bodies = try server.requests.map { try JSONParser.parse($0.text) }
        #expect(bodies[0]["system"] == nil)
        #expect(
            bodies[0]["messages"]?.text == #"[{"role":"user","content":[{"text":"Be terse."}]},"#
                + #"{"role":"assistant","content":[{"text":"Okay."}]},{"role":"user","content":[{"text":"When?"}]}]"#)
        #expect(
            bodies[1]["messages"]?.text == #"[{"role":"user","content":"Be terse."},"#
                + #"{"role":"assistant","content":"Okay."},{"role":"user","content":"When?"}]"#)
    }

    @Test("with an API key the model's name decides between Chat Completions and Messages")
    func apiKey() async throws {
        let server = try ScriptedHTTPServer(.answer(body: #"{"choices":[{"message":{"content":"x"}}]}"#))
        defer { server.stop() }
        let settings = ["AWS_BEDROCK_LLM_MAX_TOKENS": "77"].merging(Self.signing) { $1 }
            .merging(["AWS_BEDROCK_LLM_API_KEY": "bedrock-key"]) { $1 }
        _ = try await ProviderFixture.model("bedrock", server, settings, name: "openai.gpt-oss").complete(
            ProviderFixture.request)
        _ = await Outcome(try ProviderFixture.model("bedrock", server, settings, name: "anthropic.claude-x"))
        let requests = server.requests
        #expect(requests.map(\.path) == ["/v1/chat/completions", "/anthropic/v1/messages"])
        #expect(requests[0].headers["authorization"] == "Bearer bedrock-key")
        #expect(!requests[0].text.contains("max_tokens"))
        #expect(requests[1].headers["x-api-key"] == "bedrock-key")
        #expect(requests[1].text.contains(#""max_tokens":77"#))
    }

    @Test("streaming is switched off by any value", arguments: [("anything", false), ("", true)])
    func streaming(value: String, canStream: Bool) throws {
        let server = try ScriptedHTTPServer([])
        defer { server.stop() }
        let setting = ["AWS_BEDROCK_STREAMING_DISABLED": value]
        for (settings, name) in [(Self.signing, "a"), ([:], "a"), ([:], "anthropic.a")] {
            let model = try ProviderFixture.model("bedrock", server, settings.merging(setting) { $1 }, name: name)
            #expect(model.canStream == canStream)
        }
    }

    @Test(
        "an exception in the stream is the provider's error",
        arguments: [
            (
                [":message-type": "exception", ":exception-type": "throttlingException"], #"{"message":"slow down"}"#,
                "throttlingException: slow down"
            ),
            (
                [":message-type": "error", ":error-code": "500", ":error-message": "broken"], "", "500: broken"
            ),
            ([":message-type": "exception", ":exception-type": "validationException"], "<", "validationException"),
        ])
    func exception(headers: [String: String], payload: String, message: String) {
        var reader = ConverseEventReader()
        let error = #expect(throws: LanguageModelError.self) {
            try reader.read(AWSEventMessage(headers: headers, payload: Array(payload.utf8)))
        }
        #expect(error?.code == .upstreamMessage)
        #expect(error?.message == message)
    }
}
