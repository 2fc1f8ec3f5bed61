import Testing
import TestSupport

@testable import LanguageModels

/// Servers that are told to load a model before it is asked.
@Suite("preparation", .timeLimit(.minutes(1)))
struct PreparationTests {
    private static let answer = [ScriptedHTTPServerStep].answer(body: #"{"choices":[{"message":{"content":"x"}}]}"#)

    @Test(
        "lemonade loads the model unless it is loaded with this window",
        arguments: [
            (#"{"all_models_loaded":[{"model_name":"m","recipe_options":{"ctx_size":8192}}]}"#, false),
            (#"{"all_models_loaded":[{"model_name":"m","recipe_options":{"ctx_size":4096}}]}"#, true),
            (#"{"all_models_loaded":[{"model_name":"other","recipe_options":{"ctx_size":8192}}]}"#, true),
            ("[]", true), ("no JSON", true),
        ])
    func lemonade(health: String, loads: Bool) async throws {
        let server = try ScriptedHTTPServer(script: { request in
            request.path == "/v1/health" ? .answer(body: health) : Self.answer
        })
        defer { server.stop() }
        let completion = try await ProviderFixture.model("lemonade", server).complete(ProviderFixture.request)
        #expect(completion.text == "x")
        #expect(
            server.requests.map(\.path)
                == ["/v1/health"] + (loads ? ["/v1/load"] : []) + ["/v1/chat/completions"])
        if loads { #expect(server.requests[1].text == #"{"model_name":"m","ctx_size":8192}"#) }
    }

    @Test("what lemonade says against loading is the error")
    func lemonadeRefuses() async throws {
        let server = try ScriptedHTTPServer(.answer(status: 404, body: #"{"error":{"message":"no such model"}}"#))
        defer { server.stop() }
        let error = await Outcome(try ProviderFixture.model("lemonade", server)).error
        #expect(error?.message == "404 no such model")
    }

    @Test("foundry is told to load the model, and its answer does not matter", arguments: [200, 404])
    func foundry(status: Int) async throws {
        let server = try ScriptedHTTPServer(script: { request in
            request.method == "GET" ? .answer(status: status, body: "{}") : Self.answer
        })
        defer { server.stop() }
        let model = try ProviderFixture.model("foundry", server, name: "phi 4:1")
        #expect(try await model.complete(ProviderFixture.request).text == "x")
        #expect(server.requests.map(\.path) == ["/openai/load/phi%204%3A1", "/v1/chat/completions"])
    }
}
