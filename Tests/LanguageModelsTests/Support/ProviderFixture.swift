import ProviderHTTP
import Testing
import TestSupport

@testable import LanguageModels

/// One HTTP client for all tests of this module: it lives as long as the process.
enum ProviderFixture {
    static let client = ProviderClient()

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

    /// A model of any provider, with the server in place of the provider's address.
    static func model(
        _ id: String, _ server: ScriptedHTTPServer, _ settings: [String: String] = [:], name: String? = "m",
        clock: ProviderClock = .system, directory: ModelDirectory = ModelDirectory()
    ) throws -> any ChatModel {
        try call(id, server, settings, name: name, clock: clock, directory: directory).build(.unavailable)
    }

    static func call(
        _ id: String, _ server: ScriptedHTTPServer, _ settings: [String: String] = [:], name: String? = "m",
        clock: ProviderClock = .system, directory: ModelDirectory = ModelDirectory()
    ) throws -> ProviderCall {
        var row = try #require(ProviderTable.row(id))
        let isNative = ["anthropic", "ollama"].contains(id)
        row.address = .fixed(isNative ? server.origin : server.base)
        if case .bedrock = row.form {
            row.form = .bedrock(BedrockHosts(mantle: server.origin, runtime: server.origin))
            row.address = .fixed("eu-west-1")
        }
        var all = settings
        if let credential = row.credential, all[credential.setting] == nil { all[credential.setting] = "sk-test" }
        return ProviderCall(
            row, workspaceModel: name, settings: ProviderSettings { [all] in all[$0] }, client: client, clock: clock,
            directory: directory)
    }

    /// How a provider's Chat Completions are asked.
    static func form(_ id: String, _ settings: [String: String] = [:], name: String = "m") throws
        -> ChatCompletionsRequest
    {
        let server = try ScriptedHTTPServer([])
        defer { server.stop() }
        return try #require(try model(id, server, settings, name: name) as? ChatCompletionsModel).form
    }

    /// A prompt with an image in the history and one in the question.
    static let requestWithImages = ChatRequest(
        messages: [
            ChatMessage(role: .system, text: "Be terse."),
            ChatMessage(role: .user, text: "look", attachments: [image("AAAA")]),
            ChatMessage(role: .assistant, text: "ok"),
            ChatMessage(role: .user, text: "again", attachments: [image("BBBB")]),
        ], temperature: 0.5, question: "again")

    static func image(_ base64: String) -> ChatAttachment {
        ChatAttachment(mime: "image/png", contentString: "data:image/png;base64," + base64)
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

extension ScriptedHTTPServer {
    /// Scheme, host and port.
    var origin: String { String(base.dropLast("/v1".count)) }
}
