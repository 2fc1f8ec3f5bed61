import AsyncHTTPClient
import TestSupport

@testable import LanguageModels

/// One HTTP client for all tests of this module: it lives as long as the process.
enum ProviderFixture {
    static let client = HTTPClient(configuration: ProviderClient.configuration)

    static let request = ChatRequest(
        messages: [ChatMessage(role: .system, text: "Be terse."), ChatMessage(role: .user, text: "When?")],
        temperature: 0.7, question: "When?")

    static func generic(_ server: ScriptedHTTPServer, _ settings: [String: String] = [:]) throws -> any ChatModel {
        let base = [
            "LLM_PROVIDER": "generic-openai", "GENERIC_OPEN_AI_BASE_PATH": server.base,
            "GENERIC_OPEN_AI_MODEL_PREF": "mock-model", "GENERIC_OPEN_AI_API_KEY": "sk-mock",
        ]
        return try catalog(base.merging(settings) { $1 }).model(provider: nil, model: nil)
    }

    static func catalog(_ settings: [String: String]) -> LanguageModelCatalog {
        LanguageModelCatalog(setting: { settings[$0] }, httpClient: client)
    }

    /// A streamed answer, one HTTP chunk per event.
    static func events(_ data: [String]) -> [ScriptedHTTPServerStep] {
        data.flatMap { [ScriptedHTTPServerStep].chunk("data: \($0)\n\n") }
    }

    static func delta(_ text: String) -> String {
        #"{"choices":[{"index":0,"delta":{"content":"\#(text)"},"finish_reason":null}]}"#
    }

    static let stop = #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#
}

/// What a stream gave, and how it ended.
struct Outcome: Sendable {
    var events: [ChatStreamEvent] = []
    var error: LanguageModelError?

    init(_ model: any ChatModel, _ request: ChatRequest = ProviderFixture.request) async {
        do throws(LanguageModelError) {
            for try await event in try await model.stream(request) { events.append(event) }
        } catch {
            self.error = error
        }
    }

    var text: String {
        events.map { event in
            switch event {
            case .text(let piece), .reasoning(let piece): piece
            case .finished, .usage: ""
            }
        }.joined()
    }
}
