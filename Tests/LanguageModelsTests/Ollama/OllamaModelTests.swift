import NIOCore
import OrderedJSON
import Testing
import TestSupport

@testable import LanguageModels

/// Requests and answers after Ollama's "Generate a chat message" (docs.ollama.com/api/chat).
@Suite("ollama", .timeLimit(.minutes(1)))
struct OllamaModelTests {
    private static func answer(_ message: String, done: String = "") -> [ScriptedHTTPServerStep] {
        .answer(body: #"{"model":"m","message":\#(message),"done":true\#(done)}"#)
    }

    @Test("a whole answer has its thinking in front and the server's own times")
    func complete() async throws {
        let server = try ScriptedHTTPServer(
            Self.answer(
                #"{"role":"assistant","content":"x","thinking":"h"}"#,
                done: #","prompt_eval_count":18,"eval_count":3,"eval_duration":1500000000"#))
        defer { server.stop() }
        let completion = try await ProviderFixture.model("ollama", server).complete(ProviderFixture.request)
        #expect(completion.text == "<think>h</think>x")
        #expect(completion.usage == TokenUsage(promptTokens: 18, completionTokens: 3, totalTokens: 21, duration: 1.5))
        let request = try #require(server.requests.first)
        #expect(request.path == "/api/chat")
        #expect(request.headers["authorization"] == "Bearer sk-test")
        #expect(
            request.text == #"{"model":"m","stream":false,"messages":[{"role":"system","content":"Be terse."},"#
                + #"{"role":"user","content":"When?"}],"keep_alive":300,"options":{"temperature":0.7,"num_ctx":4096}}"#)
    }

    @Test("settings change the request", arguments: [("60", "60"), ("5m", #""5m""#), ("-1", "-1")])
    func keepAlive(value: String, json: String) async throws {
        let server = try ScriptedHTTPServer(Self.answer(#"{"content":"x"}"#))
        defer { server.stop() }
        let settings = ["OLLAMA_KEEP_ALIVE_TIMEOUT": value, "OLLAMA_MODEL_TOKEN_LIMIT": "9000"]
        _ = try await ProviderFixture.model("ollama", server, settings).complete(ProviderFixture.request)
        let text = try #require(server.requests.first).text
        #expect(text.contains(#""keep_alive":\#(json),"#))
        #expect(text.contains(#""num_ctx":9000"#))
    }

    @Test("images are bare base64, of question and history; addresses and sounds are left out")
    func images() async throws {
        let server = try ScriptedHTTPServer(Self.answer(#"{"content":"x"}"#))
        defer { server.stop() }
        var request = ProviderFixture.requestWithImages
        request.messages[3].attachments += [
            ChatAttachment(mime: "", contentString: "https://example.org/b.jpg"),
            ChatAttachment(mime: "audio/mpeg", contentString: "data:audio/mpeg;base64,CCCC"),
            ChatAttachment(mime: "image/png", contentString: "DDDD"),
        ]
        _ = try await ProviderFixture.model("ollama", server).complete(request)
        let messages = try JSONParser.parse(try #require(server.requests.first).text)["messages"]
        #expect(messages?[1]?.text == #"{"role":"user","content":"look","images":["AAAA"]}"#)
        #expect(messages?[3]?["images"]?.text == #"["BBBB","DDDD"]"#)
    }

    @Test(
        "an empty answer is an error",
        arguments: [#"{"content":""}"#, #"{"content":null}"#, "null", "7", #"{"thinking":" "}"#])
    func empty(message: String) async throws {
        let server = try ScriptedHTTPServer(Self.answer(message))
        defer { server.stop() }
        let model = try ProviderFixture.model("ollama", server)
        let error = await #expect(throws: LanguageModelError.self) { try await model.complete(ProviderFixture.request) }
        #expect(error?.message == "Ollama::getChatCompletion text response was empty.")
    }

    @Test("a server that cannot be reached is explained, in whole answers with the documented beginning")
    func unreachable() async throws {
        let server = try ScriptedHTTPServer([.close])
        defer { server.stop() }
        let words =
            "Your Ollama instance could not be reached or is not responding. Please make sure it is running the API "
            + "server and your connection information is correct in AnythingLLM."
        let model = try ProviderFixture.model("ollama", server)
        #expect(await Outcome(model).error?.message == words)
        let error = await #expect(throws: LanguageModelError.self) { try await model.complete(ProviderFixture.request) }
        #expect(error?.message == "Ollama::getChatCompletion failed to communicate with Ollama. " + words)
    }

    @Test("an error line in the stream is shown after the text, with the documented beginning")
    func errorInside() async throws {
        let lines =
            #"{"message":{"content":"a"},"done":false}"# + "\n" + #"{"error":"model runner has stopped"}"# + "\n"
        let server = try ScriptedHTTPServer(.answer(type: "application/x-ndjson", body: lines))
        defer { server.stop() }
        let outcome = await Outcome(try ProviderFixture.model("ollama", server))
        #expect(outcome.events == [.text("a")])
        #expect(outcome.error?.message == "Ollama:streaming - could not stream chat. model runner has stopped")
    }

    @Test("a stream that ends without done is a whole answer (CQ-6)")
    func noDone() async throws {
        let server = try ScriptedHTTPServer(.answer(body: #"{"message":{"content":"a"},"done":false}"#))
        defer { server.stop() }
        #expect(await Outcome(try ProviderFixture.model("ollama", server)).events == [.text("a"), .finished])
    }

    @Test(
        "the longer wait of OLLAMA_RESPONSE_TIMEOUT counts above five minutes only",
        arguments: [("200000", 300, 600), ("400000", 400, 600), ("900000", 900, 900), ("soon", 300, 600)])
    func responseTimeout(value: String, firstToken: Int64, overall: Int64) throws {
        let server = try ScriptedHTTPServer([])
        defer { server.stop() }
        let model = try ProviderFixture.model("ollama", server, ["OLLAMA_RESPONSE_TIMEOUT": value])
        let timeouts = try #require(model as? OllamaModel).endpoint.timeouts
        #expect(timeouts.firstToken == .seconds(firstToken))
        let limited = try ProviderFixture.model("ollama", server, ["LLM_FIRST_TOKEN_TIMEOUT_MS": "500000"])
        #expect((limited as? OllamaModel)?.endpoint.timeouts.firstToken == .seconds(500))
        #expect(timeouts.overall == .seconds(overall))
    }
}
