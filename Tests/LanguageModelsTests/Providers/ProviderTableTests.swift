import Synchronization
import Testing
import TestSupport

@testable import LanguageModels

/// The rows against contract/providers.md 3.1 and 3.2, typed from the contract, not from the table.
struct ProviderTableTests {
    struct Expectation: Sendable, CustomTestStringConvertible {
        var id: String
        var className: String
        var key: String?
        var model: String?
        var standard: String?
        var window: Int

        init(_ id: String, _ className: String, _ key: String?, _ model: String?, _ standard: String?, _ window: Int) {
            self.id = id
            self.className = className
            self.key = key
            self.model = model
            self.standard = standard
            self.window = window
        }

        var testDescription: String { id }
    }

    /// The window is that of a model that nobody knows.
    static let hosted = [
        Expectation("openai", "OpenAiLLM", "OPEN_AI_KEY", "OPEN_MODEL_PREF", "gpt-4.1-nano", 4096),
        Expectation("azure", "AzureOpenAiLLM", "AZURE_OPENAI_KEY", "AZURE_OPENAI_MODEL_PREF", nil, 4096),
        Expectation(
            "anthropic", "AnthropicLLM", "ANTHROPIC_API_KEY", "ANTHROPIC_MODEL_PREF", "claude-sonnet-4-6", 100_000),
        Expectation(
            "gemini", "GeminiLLM", "GEMINI_API_KEY", "GEMINI_LLM_MODEL_PREF", "gemini-2.0-flash-lite", 30_720),
        Expectation("togetherai", "TogetherAiLLM", "TOGETHER_AI_API_KEY", "TOGETHER_AI_MODEL_PREF", nil, 4096),
        Expectation(
            "fireworksai", "FireworksAiLLM", "FIREWORKS_AI_LLM_API_KEY", "FIREWORKS_AI_LLM_MODEL_PREF", nil, 4096),
        Expectation("perplexity", "PerplexityLLM", "PERPLEXITY_API_KEY", "PERPLEXITY_MODEL_PREF", "sonar", 4096),
        Expectation(
            "openrouter", "OpenRouterLLM", "OPENROUTER_API_KEY", "OPENROUTER_MODEL_PREF", "openrouter/auto", 4096),
        Expectation("mistral", "MistralLLM", "MISTRAL_API_KEY", "MISTRAL_MODEL_PREF", "mistral-tiny", 32_000),
        Expectation("groq", "GroqLLM", "GROQ_API_KEY", "GROQ_MODEL_PREF", "llama-3.1-8b-instant", 8192),
        Expectation("cohere", "CohereLLM", "COHERE_API_KEY", "COHERE_MODEL_PREF", nil, 4096),
        Expectation(
            "bedrock", "AWSBedrockLLM", "AWS_BEDROCK_LLM_API_KEY", "AWS_BEDROCK_LLM_MODEL_PREFERENCE", nil, 8191),
        Expectation("deepseek", "DeepSeekLLM", "DEEPSEEK_API_KEY", "DEEPSEEK_MODEL_PREF", "deepseek-chat", 8192),
        Expectation(
            "apipie", "ApiPieLLM", "APIPIE_LLM_API_KEY", "APIPIE_LLM_MODEL_PREF",
            "openrouter/mistral-7b-instruct", 4096),
        Expectation(
            "novita", "NovitaLLM", "NOVITA_LLM_API_KEY", "NOVITA_LLM_MODEL_PREF", "deepseek/deepseek-r1", 4096),
        Expectation("xai", "XAiLLM", "XAI_LLM_API_KEY", "XAI_LLM_MODEL_PREF", "grok-beta", 131_072),
        Expectation("ppio", "PPIOLLM", "PPIO_API_KEY", "PPIO_MODEL_PREF", "qwen/qwen2.5-32b-instruct", 4096),
        Expectation(
            "moonshotai", "MoonshotAiLLM", "MOONSHOT_AI_API_KEY", "MOONSHOT_AI_MODEL_PREF", "moonshot-v1-32k", 8192),
        Expectation(
            "cometapi", "CometApiLLM", "COMETAPI_LLM_API_KEY", "COMETAPI_LLM_MODEL_PREF", "gpt-5-mini", 4096),
        Expectation("zai", "ZAiLLM", "ZAI_API_KEY", "ZAI_MODEL_PREF", "glm-4.5", 131_072),
        Expectation("giteeai", "GiteeAILLM", "GITEE_AI_API_KEY", "GITEE_AI_MODEL_PREF", "", 8192),
        Expectation(
            "sambanova", "SambaNovaLLM", "SAMBANOVA_LLM_API_KEY", "SAMBANOVA_LLM_MODEL_PREF", nil, 131_072),
        Expectation("minimax", "MinimaxLLM", "MINIMAX_API_KEY", "MINIMAX_MODEL_PREF", "MiniMax-M2.7", 196_000),
        Expectation("cerebras", "CerebrasLLM", "CEREBRAS_API_KEY", "CEREBRAS_MODEL_PREF", "gpt-oss-120b", 128_000),
    ]

    static let local = [
        Expectation("lmstudio", "LMStudioLLM", "LMSTUDIO_AUTH_TOKEN", "LMSTUDIO_MODEL_PREF", nil, 16_384),
        Expectation("localai", "LocalAiLLM", "LOCAL_AI_API_KEY", "LOCAL_AI_MODEL_PREF", nil, 4096),
        Expectation("ollama", "OllamaAILLM", "OLLAMA_AUTH_TOKEN", "OLLAMA_MODEL_PREF", nil, 4096),
        Expectation("koboldcpp", "KoboldCPPLLM", nil, "KOBOLD_CPP_MODEL_PREF", nil, 4096),
        Expectation("textgenwebui", "TextGenWebUILLM", "TEXT_GEN_WEB_UI_API_KEY", nil, nil, 4096),
        Expectation("litellm", "LiteLLM", "LITE_LLM_API_KEY", "LITE_LLM_MODEL_PREF", nil, 4096),
        Expectation(
            "generic-openai", "GenericOpenAiLLM", "GENERIC_OPEN_AI_API_KEY", "GENERIC_OPEN_AI_MODEL_PREF", nil, 4096),
        Expectation("nvidia-nim", "NvidiaNimLLM", nil, "NVIDIA_NIM_LLM_MODEL_PREF", nil, 4096),
        Expectation("foundry", "FoundryLLM", nil, "FOUNDRY_MODEL_PREF", nil, 8192),
        Expectation(
            "docker-model-runner", "DockerModelRunnerLLM", nil, "DOCKER_MODEL_RUNNER_LLM_MODEL_PREF", nil, 8192),
        Expectation("privatemode", "PrivatemodeLLM", nil, "PRIVATEMODE_LLM_MODEL_PREF", nil, 16_384),
        Expectation("lemonade", "LemonadeLLM", "LEMONADE_LLM_API_KEY", "LEMONADE_LLM_MODEL_PREF", nil, 8192),
        Expectation("omlx", "OMLXLLM", "OMLX_LLM_API_KEY", "OMLX_LLM_MODEL_PREF", nil, 16_000),
    ]

    @Test("each id of the contract has its row, and no other id has one")
    func ids() {
        let documented = (Self.hosted + Self.local).map(\.id) + ["anythingllm-router", "extractive"]
        #expect(ProviderTable.rows.map(\.id).sorted() == documented.sorted())
    }

    @Test("name, key, model and window are the documented ones", arguments: hosted + local)
    func row(expectation: Expectation) throws {
        let server = try ScriptedHTTPServer([])
        defer { server.stop() }
        let row = try #require(ProviderTable.row(expectation.id))
        #expect(row.credential?.setting == expectation.key)
        #expect(row.model.settings.first == expectation.model)
        #expect(row.model.standard == expectation.standard)
        let model = try ProviderFixture.model(expectation.id, server, name: "unheard-of")
        #expect(model.providerName == expectation.className)
        #expect(model.contextWindow == expectation.window)
        #expect(model.name == (expectation.id == "textgenwebui" ? "" : "unheard-of"))
        #expect(model.defaultTemperature == (["mistral", "cerebras"].contains(expectation.id) ? 0 : 0.7))
        #expect(model.reportsDurationBeforeRate == (expectation.id == "generic-openai"))
        #expect(
            model.uncountedTokens
                == (["ollama", "anthropic"].contains(expectation.id)
                    ? .zero : expectation.id == "generic-openai" ? .estimated : .pieces))
    }

    @Test(
        "addresses are the documented ones",
        arguments: [
            (
                "azure", ["AZURE_OPENAI_ENDPOINT": "https://r.openai.azure.com/x?y"],
                "https://r.openai.azure.com/openai/v1"
            ),
            ("lmstudio", ["LMSTUDIO_BASE_PATH": "http://h:1234/api/"], "http://h:1234/v1"),
            ("nvidia-nim", ["NVIDIA_NIM_LLM_BASE_PATH": "http://h:8000"], "http://h:8000/v1"),
            (
                "docker-model-runner", ["DOCKER_MODEL_RUNNER_BASE_PATH": "http://h/engines/llama.cpp/v1"],
                "http://h/engines/v1"
            ),
            ("lemonade", ["LEMONADE_LLM_BASE_PATH": "http://h:8000/api/v0/"], "http://h:8000/api/v1"),
            ("localai", ["LOCAL_AI_BASE_PATH": "http://h/v2"], "http://h/v2"),
            ("openai", ["OPENAI_BASE_URL": "http://h/v1"], "http://h/v1"), ("openai", [:], "https://api.openai.com/v1"),
            ("groq", [:], "https://api.groq.com/openai/v1"),
            ("gemini", [:], "https://generativelanguage.googleapis.com/v1beta/openai/"),
        ] as [(String, [String: String], String)])
    func address(id: String, settings: [String: String], url: String) throws {
        let row = try #require(ProviderTable.row(id))
        #expect(try row.address.url(ProviderSettings { settings[$0] }) == url)
    }

    @Test(
        "callers are named to the services that ask for it",
        arguments: [
            ("openrouter", ["http-referer": "http://localhost", "x-title": "Carrel"]),
            ("ppio", ["http-referer": "http://localhost", "x-api-source": "carrel"]),
            ("generic-openai", ["user-agent": "AnythingLLM/1.16.0"]),
            ("groq", ["user-agent": "Carrel", "authorization": "Bearer sk-test"]),
            ("azure", ["api-key": "sk-test"]), ("anthropic", ["x-api-key": "sk-test"]),
        ])
    func headers(id: String, headers: [String: String]) async throws {
        // Refused: only what is sent counts.
        let server = try ScriptedHTTPServer(.answer(status: 400, body: ""))
        defer { server.stop() }
        let model = try ProviderFixture.model(id, server)
        await #expect(throws: LanguageModelError.self) { try await model.complete(ProviderFixture.request) }
        let sent = try #require(server.requests.last).headers
        for (name, value) in headers { #expect(sent[name] == value, "\(name)") }
    }

    @Test("Gitee AI's windows are known where the setting is silent")
    func giteeWindows() throws {
        let server = try ScriptedHTTPServer([])
        defer { server.stop() }
        func window(_ name: String, _ settings: [String: String] = [:]) throws -> Int {
            try ProviderFixture.model("giteeai", server, settings, name: name).contextWindow
        }
        #expect(try window("Qwen2.5-72B-Instruct") == 16_000)
        #expect(try window("Qwen2.5-72B-Instruct", ["GITEE_AI_MODEL_TOKEN_LIMIT": "12000"]) == 12_000)
        #expect(try window("x") == 8192)
    }

    @Test("what a provider reads is declared, once, and keys are secret")
    func settings() throws {
        let names = ProviderTable.settings.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.first == "LLM_PROVIDER")
        for row in ProviderTable.rows {
            let read = Mutex<Set<String>>([])
            let call = ProviderCall(
                row, workspaceModel: nil,
                settings: ProviderSettings { name in
                    read.withLock { _ = $0.insert(name) }
                    return nil
                }, client: ProviderFixture.client, clock: .system, directory: ModelDirectory())
            // Most are not configured; what they looked for counts.
            _ = try? call.build(.unavailable)
            _ = call.window(.unavailable)
            #expect(read.withLock { $0 }.subtracting(names).isEmpty, "\(row.id)")
            if let key = row.credential?.setting {
                #expect(ProviderTable.settings.first { $0.name == key }?.isSecret == true, "\(key)")
            }
        }
        #expect(ProviderTable.settings.allSatisfy { $0.purpose.hasSuffix(".") && !$0.purpose.contains("\n") })
    }

    @Test("the longest known beginning of a name decides, a setting wins, and bad numbers are refused")
    func windows() throws {
        let rule = WindowRule(setting: "LIMIT", table: [("gpt-4", 8192), ("gpt-4o", 128_000)], fallback: 4096)
        let none = ProviderSettings { _ in nil }
        #expect(rule.tokens(of: "gpt-4o-mini", settings: none, listing: .unavailable) == 128_000)
        #expect(rule.tokens(of: "gpt-4-0613", settings: none, listing: .unlisted) == 8192)
        #expect(rule.tokens(of: nil, settings: none, listing: .unavailable) == 4096)
        let limit = ProviderSettings { _ in "9000" }
        #expect(rule.tokens(of: "gpt-4o", settings: limit, listing: .unavailable) == 9000)
        let listed = ModelLookup.listed(ListedModel(id: "gpt-4o", window: 8000))
        #expect(rule.tokens(of: "gpt-4o", settings: limit, listing: listed) == 8000)
        #expect(rule.tokens(of: "gpt-4o", settings: ProviderSettings { _ in "x" }, listing: listed) == nil)
    }
}
