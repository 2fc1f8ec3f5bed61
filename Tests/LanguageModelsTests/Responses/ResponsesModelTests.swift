import OrderedJSON
import Testing
import TestSupport

@testable import LanguageModels

/// Answers after OpenAI's API reference, "Responses" and its "Streaming events".
@Suite("openai over the Responses API", .timeLimit(.minutes(1)))
struct ResponsesModelTests {
    private typealias Script = [ScriptedHTTPServerStep]

    private static let usage = #""usage":{"input_tokens":4,"output_tokens":2,"total_tokens":6}"#
    private static let whole =
        #"{"error":null,"output":[{"type":"reasoning","summary":[]},{"type":"message","content":"#
        + #"[{"type":"output_text","text":"a "},{"type":"output_text","text":"b"}]}],\#(usage)}"#

    private static func model(_ server: ScriptedHTTPServer, _ name: String? = nil) throws -> any ChatModel {
        try ProviderFixture.catalog(["OPEN_AI_KEY": "sk-x", "OPENAI_BASE_URL": server.base + "/"])
            .model(provider: nil, model: name)
    }

    @Test("a whole answer is the text of its messages")
    func complete() async throws {
        let server = try ScriptedHTTPServer(Script.answer(body: Self.whole))
        defer { server.stop() }
        let completion = try await Self.model(server).complete(ProviderFixture.request)
        #expect(completion.text == "a b")
        #expect(completion.usage == TokenUsage(promptTokens: 4, completionTokens: 2, totalTokens: 6))
        let request = try #require(server.requests.first)
        #expect(request.path == "/v1/responses")
        #expect(request.headers["authorization"] == "Bearer sk-x")
        #expect(
            request.text == #"{"model":"gpt-4.1-nano","input":[{"role":"system","content":"Be terse."},"#
                + #"{"role":"user","content":"When?"}],"store":false,"temperature":0.7}"#)
    }

    @Test("a stream gives its text, the end and the usage", arguments: ["response.completed", "response.incomplete"])
    func stream(end: String) async throws {
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead
                + ProviderFixture.events([
                    #"{"type":"response.created","response":{}}"#,
                    #"{"type":"response.output_text.delta","delta":"a "}"#,
                    #"{"type":"response.output_text.delta","delta":"b"}"#,
                    #"{"type":"response.output_text.done","text":"a b"}"#,
                    #"{"type":"\#(end)","response":{\#(Self.usage)}}"#,
                ]) + Script.lastChunk)
        defer { server.stop() }
        let outcome = await Outcome(try Self.model(server))
        let usage = TokenUsage(promptTokens: 4, completionTokens: 2, totalTokens: 6)
        #expect(outcome.events == [.text("a "), .text("b"), .finished, .usage(usage)])
        #expect(server.requests.first?.text.contains(#""stream":true"#) == true)
    }

    @Test(
        "an error in the stream is shown after the text",
        arguments: [
            #"{"type":"error","message":"broken"}"#, #"{"type":"error","error":{"message":"broken"}}"#,
            #"{"type":"response.failed","response":{"error":{"message":"broken"}}}"#,
        ])
    func streamError(event: String) async throws {
        let server = try ScriptedHTTPServer(
            Script.eventStreamHead
                + ProviderFixture.events([#"{"type":"response.output_text.delta","delta":"a"}"#, event])
                + Script.lastChunk)
        defer { server.stop() }
        let outcome = await Outcome(try Self.model(server))
        #expect(outcome.events == [.text("a")])
        #expect(outcome.error?.message == "broken")
    }

    @Test("models that reason get temperature 1", arguments: [("o3", 1.0), ("gpt-5-mini", 1), ("gpt-4o", 0.7)])
    func temperature(name: String, temperature: Double) async throws {
        let body = ResponsesRequest(model: name).body(ProviderFixture.request, isStreamed: false)
        #expect(body["temperature"]?.numberValue == temperature)
    }

    @Test("images have the documented form")
    func images() {
        let item = ChatAttachment(mime: "image/png", contentString: "data:image/png;base64,AAAA")
        let request = ChatRequest(
            messages: [ChatMessage(role: .user, text: "look", attachments: [item])], temperature: 0, question: "look")
        let body = ResponsesRequest(model: "gpt-4o").body(request, isStreamed: false)
        #expect(
            body["input"]?[0]?["content"]?.text == #"[{"type":"input_text","text":"look"},"#
                + #"{"type":"input_image","image_url":"data:image/png;base64,AAAA"}]"#)
    }

    @Test("a name that is not evidently a chat model is looked up first")
    func lookUp() async throws {
        let server = try ScriptedHTTPServer(script: { request in
            request.method == "GET" ? .answer(status: 404, body: "{}") : .answer(body: Self.whole)
        })
        defer { server.stop() }
        let model = try Self.model(server, "whisper")
        let error = await #expect(throws: LanguageModelError.self) { try await model.complete(ProviderFixture.request) }
        #expect(error?.message == "OpenAI chat: whisper is not valid for chat completion!")
        #expect(server.requests.map(\.path) == ["/v1/models/whisper"])
    }
}
