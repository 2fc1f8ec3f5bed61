import NIOCore
import Testing

@testable import LanguageModels

struct LanguageModelCatalogTests {
    private static let generic = [
        "GENERIC_OPEN_AI_BASE_PATH": "http://127.0.0.1:1/v1", "GENERIC_OPEN_AI_MODEL_PREF": "mock-model",
    ]

    @Test(
        "the provider is the setting, else openai with a key, else extractive",
        arguments: [
            ([:], "extractive"), (["OPEN_AI_KEY": "k"], "openai"), (["OPEN_AI_KEY": ""], "extractive"),
            (["OPEN_AI_KEY": "k", "LLM_PROVIDER": "generic-openai"], "generic-openai"),
        ] as [([String: String], String)])
    func defaultProvider(settings: [String: String], id: String) {
        #expect(ProviderFixture.catalog(settings).defaultProvider == id)
    }

    @Test("a model describes itself as the metrics want it")
    func description() throws {
        let extractive = try ProviderFixture.catalog([:]).model(provider: nil, model: "ignored")
        #expect(extractive.name == "extractive")
        #expect(extractive.providerName == "ExtractiveLLM")
        #expect(extractive.contextWindow == 16_384)
        #expect(extractive.defaultTemperature == 0.7)
        let generic = try ProviderFixture.catalog(Self.generic).model(provider: "generic-openai", model: nil)
        #expect(generic.name == "mock-model")
        #expect(generic.providerName == "GenericOpenAiLLM")
        #expect(generic.contextWindow == 4096)
        #expect(generic.reportsDurationBeforeRate)
        let other = try ProviderFixture.catalog(Self.generic).model(provider: "generic-openai", model: "other")
        #expect(other.name == "other")
    }

    @Test(
        "what is missing is said in the documented words",
        arguments: [
            ("openai", [:], "No OpenAI API key was set."),
            ("generic-openai", [:], "GenericOpenAI must have a valid base path to use for the api."),
            (
                "generic-openai", ["GENERIC_OPEN_AI_BASE_PATH": "http://x"],
                "GenericOpenAI must have a valid model set."
            ),
            (
                "generic-openai", generic.merging(["GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT": "many"]) { $1 },
                "GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT must be a number of tokens."
            ),
        ] as [(String, [String: String], String)])
    func notConfigured(provider: String, settings: [String: String], message: String) {
        let error = #expect(throws: LanguageModelError.self) {
            try ProviderFixture.catalog(settings).model(provider: provider, model: nil)
        }
        #expect(error?.code == .notConfigured)
        #expect(error?.message == message)
    }

    @Test("an unknown provider names the environment's value, not the workspace's")
    func unknown() {
        let error = #expect(throws: LanguageModelError.self) {
            try ProviderFixture.catalog(["LLM_PROVIDER": "nothing"]).model(provider: "other", model: nil)
        }
        #expect(error?.code == .unknownProvider)
        #expect(error?.message == "ENV: No valid LLM_PROVIDER value found in environment! Using nothing")
    }

    @Test(
        "the window needs no complete configuration",
        arguments: [
            (nil, nil, [:], 16_384), ("generic-openai", nil, [:], 4096),
            ("generic-openai", nil, ["GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT": "8000"], 8000),
            ("generic-openai", nil, ["GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT": "x"], nil),
            ("openai", nil, [:], 1_047_576), ("openai", "gpt-4", [:], 8192), ("other", nil, [:], nil),
        ] as [(String?, String?, [String: String], Int?)])
    func window(provider: String?, model: String?, settings: [String: String], tokens: Int?) {
        #expect(ProviderFixture.catalog(settings).contextWindow(provider: provider, model: model) == tokens)
    }

    @Test(
        "time limits are positive milliseconds, anything else keeps the default",
        arguments: [("1500", 1_500), ("0", 300_000), ("-5", 300_000), ("soon", 300_000), ("", 300_000)])
    func timeouts(value: String, milliseconds: Int64) {
        let timeouts = ProviderTimeouts(ProviderSettings { $0 == "LLM_IDLE_TIMEOUT_MS" ? value : nil })
        #expect(timeouts.idle == .milliseconds(milliseconds))
        #expect(timeouts.overall == .seconds(600))
        #expect(timeouts.firstToken == .seconds(600))
    }

    @Test(
        "a longer call may wait longer for its first token, unless that has a limit of its own",
        arguments: [(nil, 3_600_000), ("30000", 30_000)] as [(String?, Int64)])
    func firstToken(limit: String?, milliseconds: Int64) {
        let settings = ["ANYTHINGLLM_FETCH_TIMEOUT": "3600000", "LLM_FIRST_TOKEN_TIMEOUT_MS": limit]
        let timeouts = ProviderTimeouts(ProviderSettings { settings[$0] ?? nil })
        #expect(timeouts.firstToken == .milliseconds(milliseconds))
    }
}
