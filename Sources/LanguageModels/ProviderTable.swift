import AsyncHTTPClient
import NIOHTTP1

/// Every provider that can be chosen, one row each (contract/providers.md 3).
enum ProviderTable {
    /// What a row needs to build a model.
    struct Call {
        let model: String?
        let settings: ProviderSettings
        let client: HTTPClient
    }

    struct Row: Sendable {
        let id: String
        /// Class name in the metrics.
        let className: String
        /// Setting that names the preferred model.
        var modelSetting: String?
        var defaultModel: String?
        /// The provider has one model only, whatever a workspace asks for.
        var fixesModel = false
        let contextWindow: @Sendable (ProviderSettings, String?) -> Int?
        let build: @Sendable (Call) throws(LanguageModelError) -> any ChatModel
    }

    static let rows: [Row] = [extractive, genericOpenAI, openAI]

    static let extractive = Row(
        id: "extractive", className: ExtractiveModel.className, defaultModel: ExtractiveModel.modelName,
        fixesModel: true,
        contextWindow: { _, _ in ExtractiveModel.window },
        build: { _ in ExtractiveModel() })

    static let genericOpenAI = Row(
        id: "generic-openai", className: "GenericOpenAiLLM", modelSetting: "GENERIC_OPEN_AI_MODEL_PREF",
        contextWindow: { settings, _ in genericWindow(settings) },
        build: { call throws(LanguageModelError) in try genericModel(call) })

    static let openAI = Row(
        id: "openai", className: "OpenAiLLM", modelSetting: "OPEN_MODEL_PREF", defaultModel: "gpt-4.1-nano",
        contextWindow: { _, model in OpenAIContextWindow.tokens(of: model ?? "") },
        build: { call throws(LanguageModelError) in try openAIModel(call) })
}

extension ProviderTable {
    /// What the reference calls itself to generic providers; some of them sort their callers by it.
    private static let genericUserAgent = "AnythingLLM/1.16.0"

    private static func genericWindow(_ settings: ProviderSettings) -> Int? {
        let name = "GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT"
        return settings[name] == nil ? 4096 : settings.tokens(name)
    }

    private static func genericModel(_ call: Call) throws(LanguageModelError) -> any ChatModel {
        let settings = call.settings
        guard let base = settings["GENERIC_OPEN_AI_BASE_PATH"] else {
            throw notConfigured("GenericOpenAI must have a valid base path to use for the api.")
        }
        guard let model = call.model else { throw notConfigured("GenericOpenAI must have a valid model set.") }
        guard let window = genericWindow(settings) else {
            throw notConfigured("GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT must be a number of tokens.")
        }
        var headers: HTTPHeaders = ["Accept": "application/json", "User-Agent": genericUserAgent]
        if let key = settings["GENERIC_OPEN_AI_API_KEY"] { headers.add(name: "Authorization", value: "Bearer \(key)") }
        for (name, value) in CustomHeaders.parse(settings["GENERIC_OPEN_AI_CUSTOM_HEADERS"] ?? "") {
            headers.replaceOrAdd(name: name, value: value)
        }
        return ChatCompletionsModel(
            name: model, providerName: genericOpenAI.className, contextWindow: window,
            canStream: !settings.isTrue("GENERIC_OPENAI_STREAMING_DISABLED"), reportsDurationBeforeRate: true,
            endpoint: ProviderEndpoint(
                client: call.client, base: base, headers: headers, timeouts: ProviderTimeouts(settings)),
            form: ChatCompletionsRequest(
                model: model, maxTokens: settings.tokens("GENERIC_OPEN_AI_MAX_TOKENS") ?? 1024,
                reportsUsage: settings.isTrue("GENERIC_OPEN_AI_REPORT_USAGE")))
    }

    private static func openAIModel(_ call: Call) throws(LanguageModelError) -> any ChatModel {
        guard let key = call.settings["OPEN_AI_KEY"], let model = call.model else {
            throw notConfigured("No OpenAI API key was set.")
        }
        let headers: HTTPHeaders = [
            "Accept": "application/json", "User-Agent": "Carrel", "Authorization": "Bearer \(key)",
        ]
        return ResponsesModel(
            name: model, providerName: openAI.className, contextWindow: OpenAIContextWindow.tokens(of: model),
            endpoint: ProviderEndpoint(
                client: call.client, base: call.settings["OPENAI_BASE_URL"] ?? "https://api.openai.com/v1",
                headers: headers, timeouts: ProviderTimeouts(call.settings)))
    }

    private static func notConfigured(_ message: String) -> LanguageModelError {
        LanguageModelError(.notConfigured, message)
    }
}
