import OrderedJSON
import Testing
import TestSupport

@testable import LanguageModels

@Suite("generic-openai, what is sent and what a whole answer means", .timeLimit(.minutes(1)))
struct GenericOpenAIRequestTests {
    private static let answer = [ScriptedHTTPServerStep].answer(body: #"{"choices":[{"message":{"content":"x"}}]}"#)

    /// Keys and order as recorded from the reference (oracle, golden-upstream).
    @Test("the body of a whole answer's request is the recorded one")
    func wholeBody() async throws {
        let request = try await sent(isStreamed: false)
        #expect(request.method == "POST")
        #expect(request.path == "/v1/chat/completions")
        #expect(
            request.text == #"{"model":"mock-model","messages":[{"role":"system","content":"Be terse."},"#
                + #"{"role":"user","content":"When?"}],"temperature":0.7,"max_tokens":1024}"#)
    }

    @Test("the body of a streamed answer's request is the recorded one")
    func streamedBody() async throws {
        let request = try await sent(isStreamed: true)
        #expect(request.text.hasPrefix(#"{"model":"mock-model","stream":true,"messages":["#))
        #expect(request.text.hasSuffix(#"],"temperature":0.7,"max_tokens":1024}"#))
        #expect(request.headers["authorization"] == "Bearer sk-mock")
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["accept"] == "application/json")
        #expect(request.headers["user-agent"] == "AnythingLLM/1.16.0")
    }

    @Test(
        "settings change the request",
        arguments: [
            (["GENERIC_OPEN_AI_MAX_TOKENS": "77"], #""max_tokens":77}"#),
            (["GENERIC_OPEN_AI_MAX_TOKENS": "many"], #""max_tokens":1024}"#),
            (["GENERIC_OPEN_AI_MODEL_PREF": "other"], #"{"model":"other","#),
            (["GENERIC_OPEN_AI_REPORT_USAGE": "true"], #""stream_options":{"include_usage":true}"#),
        ])
    func settings(settings: [String: String], part: String) async throws {
        #expect(try await sent(isStreamed: true, settings).text.contains(part))
    }

    @Test("without its setting usage is not asked for")
    func noUsage() async throws {
        let request = try await sent(isStreamed: true, ["GENERIC_OPEN_AI_REPORT_USAGE": "false"])
        #expect(!request.text.contains("stream_options"))
    }

    @Test("custom headers are added, replace, and bad ones are left out")
    func customHeaders() async throws {
        let request = try await sent(
            isStreamed: false,
            [
                "GENERIC_OPEN_AI_CUSTOM_HEADERS": "X-Team: a:b , User-Agent:Mine,broken,:none,bad name:x",
                "GENERIC_OPEN_AI_API_KEY": "",
            ])
        #expect(request.headers["x-team"] == "a:b")
        #expect(request.headers["user-agent"] == "Mine")
        #expect(request.headers["authorization"] == nil)
        #expect(request.headers["bad name"] == nil)
    }

    struct Attachment: Sendable {
        var mime: String
        var content: String
        var part: String
    }

    static let attachments = [
        Attachment(
            mime: "image/png", content: "data:image/png;base64,AAAA",
            part: #"{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"high"}}"#),
        Attachment(
            mime: "", content: "https://example.org/a.png",
            part: #"{"type":"image_url","image_url":{"url":"https://example.org/a.png","detail":"high"}}"#),
        Attachment(
            mime: "audio/mpeg", content: "data:audio/mpeg;base64,BBBB",
            part: #"{"type":"input_audio","input_audio":{"data":"BBBB","format":"mp3"}}"#),
        Attachment(
            mime: "", content: "data:audio/x-wave;base64,CC,DD",
            part: #"{"type":"input_audio","input_audio":{"data":"DD","format":"wav"}}"#),
        Attachment(
            mime: "Audio/OGG; codecs=opus", content: "EEEE",
            part: #"{"type":"input_audio","input_audio":{"data":"EEEE","format":"ogg"}}"#),
    ]

    @Test("images and sounds have the documented form, in the history too", arguments: attachments)
    func attachment(attachment: Attachment) throws {
        let item = ChatAttachment(mime: attachment.mime, contentString: attachment.content)
        let request = ChatRequest(
            messages: [ChatMessage(role: .user, text: "look", attachments: [item])], temperature: 0, question: "look")
        let body = try ProviderFixture.form("generic-openai", ["GENERIC_OPEN_AI_MAX_TOKENS": "1"]).body(
            request, isStreamed: false)
        #expect(
            body.text == #"{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"look"},"#
                + attachment.part + #"]}],"temperature":0,"max_tokens":1}"#)
    }

    @Test("an attachment without content is not sent (CQ-22)")
    func emptyAttachment() throws {
        let item = ChatAttachment(mime: "image/png", contentString: "")
        let request = ChatRequest(
            messages: [ChatMessage(role: .user, text: "look", attachments: [item])], temperature: 0, question: "look")
        let body = try ProviderFixture.form("generic-openai", ["GENERIC_OPEN_AI_MAX_TOKENS": "1"]).body(
            request, isStreamed: false)
        #expect(body["messages"]?[0]?["content"] == "look")
    }

    @Test(
        "a whole answer is read",
        arguments: [
            (#"{"choices":[{"message":{"content":"x"}}]}"#, "x", nil),
            (#"{"choices":[{"message":{"content":"x","reasoning_content":"r"}}]}"#, "<think>r</think>x", nil),
            (#"{"choices":[{"message":{"content":"x","reasoning":" \n"}}]}"#, "x", nil),
            (#"{"choices":[{"message":{"content":null,"thinking":"r"}}]}"#, "<think>r</think>", nil),
            (#"{"choices":[{"message":{"content":""}}]}"#, "", nil),
            (#"{"choices":[]}"#, nil, nil),
            (#"{}"#, nil, nil),
            (#"7"#, nil, nil),
            (
                #"{"choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":4,"completion_tokens":2,"#
                    + #""total_tokens":6}}"#, "x", TokenUsage(promptTokens: 4, completionTokens: 2, totalTokens: 6)
            ),
            (
                #"{"choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":4,"completion_tokens":2,"#
                    + #""total_tokens":6},"timings":{"predicted_n":9,"predicted_ms":500}}"#, "x",
                TokenUsage(promptTokens: 4, completionTokens: 9, totalTokens: 6, duration: 0.5)
            ),
        ] as [(String, String?, TokenUsage?)])
    func whole(body: String, text: String?, usage: TokenUsage?) async throws {
        let server = try ScriptedHTTPServer(.answer(body: body))
        defer { server.stop() }
        let completion = try await ProviderFixture.generic(server).complete(ProviderFixture.request)
        #expect(completion == ChatCompletion(text: text, usage: usage))
    }

    @Test("an error with status 200 is the provider's error")
    func errorInside() async throws {
        let server = try ScriptedHTTPServer(.answer(body: #"{"error":{"message":"overloaded"}}"#))
        defer { server.stop() }
        let model = try ProviderFixture.generic(server)
        let error = await #expect(throws: LanguageModelError.self) { try await model.complete(ProviderFixture.request) }
        #expect(error?.code == .upstreamMessage)
        #expect(error?.message == "overloaded")
    }

    @Test("an answer that is not JSON is malformed", arguments: ["", "<html></html>", #"{"choices":["#])
    func notJSON(body: String) async throws {
        let server = try ScriptedHTTPServer(.answer(body: body))
        defer { server.stop() }
        let model = try ProviderFixture.generic(server)
        let error = await #expect(throws: LanguageModelError.self) { try await model.complete(ProviderFixture.request) }
        #expect(error?.code == .malformedAnswer)
    }

    private func sent(
        isStreamed: Bool, _ settings: [String: String] = [:]
    ) async throws -> ScriptedHTTPServer.Request {
        let server = try ScriptedHTTPServer(Self.answer)
        defer { server.stop() }
        let model = try ProviderFixture.generic(server, settings)
        if isStreamed {
            for try await _ in try await model.stream(ProviderFixture.request) {}
        } else {
            _ = try await model.complete(ProviderFixture.request)
        }
        return try #require(server.requests.first)
    }
}
