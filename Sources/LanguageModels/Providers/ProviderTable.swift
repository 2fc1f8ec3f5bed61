import OrderedJSON

/// Every provider that can be chosen, one row each (contract/providers.md 3). Adding one is adding a row.
public enum ProviderTable {
    /// Their ids are what `LLM_PROVIDER` and a workspace's `chatProvider` may be.
    static let rows: [ProviderRow] =
        [
            extractive, router, genericOpenAI, openAI, azure, anthropic, gemini, ollama, bedrock,
        ] + hosted + local

    static func row(_ id: String) -> ProviderRow? { rows.first { $0.id == id } }
}

extension ProviderTable {
    static let extractive = ProviderRow(
        id: "extractive", className: ExtractiveModel.className, form: .extractive, address: .fixed(""),
        model: ModelRule(standard: ExtractiveModel.modelName, ignoresWorkspace: true),
        window: WindowRule(fallback: ExtractiveModel.window), tools: .never)

    private static let router = ProviderRow(
        id: "anythingllm-router", className: "AnythingLLMModelRouter", form: .router, address: .fixed(""),
        window: WindowRule(fallback: 4096), tools: .never)

    private static let genericOpenAI = ProviderRow(
        id: "generic-openai", className: "GenericOpenAiLLM",
        form: .chatCompletions(
            ChatCompletionsDialect(
                images: .object(detail: "high"), sendsAudio: true, usage: .setting("GENERIC_OPEN_AI_REPORT_USAGE"),
                outputLimit: .setting("GENERIC_OPEN_AI_MAX_TOKENS", standard: 1024),
                showsReasoningInWholeAnswers: true, streamingSwitch: .isTrue("GENERIC_OPENAI_STREAMING_DISABLED"),
                // What the reference calls itself; some servers sort their callers by it.
                headers: [("User-Agent", "AnythingLLM/1.16.0")], headerSetting: "GENERIC_OPEN_AI_CUSTOM_HEADERS",
                uncountedTokens: .estimated, reportsDurationBeforeRate: true)),
        address: .required(
            "GENERIC_OPEN_AI_BASE_PATH", missing: "GenericOpenAI must have a valid base path to use for the api."),
        credential: .optional("GENERIC_OPEN_AI_API_KEY"),
        model: ModelRule(
            settings: ["GENERIC_OPEN_AI_MODEL_PREF"], missing: "GenericOpenAI must have a valid model set."),
        window: .setting("GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT", else: 4096),
        settings: [
            ProviderSetting(
                "GENERIC_OPEN_AI_MAX_TOKENS", .integer(1...10_000_000), "Most tokens of its answers; unset: 1024."),
            ProviderSetting(
                "GENERIC_OPEN_AI_CUSTOM_HEADERS", secret: true,
                "Further headers for it, `Name:value` pairs separated by commas."),
            ProviderSetting("GENERIC_OPENAI_STREAMING_DISABLED", "`true`: it cannot stream."),
            ProviderSetting("GENERIC_OPEN_AI_REPORT_USAGE", "`true`: ask it for token counts in streams."),
        ])

    private static let openAI = ProviderRow(
        id: "openai", className: "OpenAiLLM", form: .responses,
        address: .fixed("https://api.openai.com/v1", setting: "OPENAI_BASE_URL"),
        credential: .required("OPEN_AI_KEY", "No OpenAI API key was set."),
        model: ModelRule(settings: ["OPEN_MODEL_PREF"], standard: "gpt-4.1-nano"),
        window: .table(KnownWindows.openAI, else: 4096))

    /// Azure, "Azure OpenAI v1 API" (learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle).
    private static let azure = ProviderRow(
        id: "azure", className: "AzureOpenAiLLM",
        form: .chatCompletions(
            ChatCompletionsDialect(modelTypeSetting: "AZURE_OPENAI_MODEL_TYPE", streamMembers: ["n": 1])),
        address: .required(
            "AZURE_OPENAI_ENDPOINT", .origin(path: "/openai/v1"), missing: "No Azure API endpoint was set."),
        credential: .required("AZURE_OPENAI_KEY", "No Azure API key was set.", .apiKey),
        model: ModelRule(
            settings: ["AZURE_OPENAI_MODEL_PREF", "OPEN_MODEL_PREF"],
            missing: "No AZURE_OPENAI_MODEL_PREF ENV defined. This must the name of a deployment on your Azure "
                + "account for an LLM chat model like GPT-3.5."),
        window: .setting("AZURE_OPENAI_TOKEN_LIMIT", else: 4096),
        settings: [
            ProviderSetting("AZURE_OPENAI_MODEL_TYPE", "`reasoning`: it takes no system message and no temperature.")
        ])

    private static let anthropic = ProviderRow(
        id: "anthropic", className: "AnthropicLLM", form: .anthropicMessages,
        address: .fixed("https://api.anthropic.com"),
        credential: .required("ANTHROPIC_API_KEY", "No Anthropic API key was set.", .xAPIKey),
        model: ModelRule(settings: ["ANTHROPIC_MODEL_PREF"], standard: "claude-sonnet-4-6"),
        window: .table(KnownWindows.anthropic, else: 100_000),
        listing: .hosted(.list("/v1/models?limit=1000", read: ModelListing.anthropic)),
        settings: [
            ProviderSetting("ANTHROPIC_CACHE_CONTROL", "`5m` or `1h`: the system prompt is cached so long; unset: not.")
        ])

    /// Google, "OpenAI compatibility" (ai.google.dev/gemini-api/docs/openai): the form that the reference uses.
    private static let gemini = ProviderRow(
        id: "gemini", className: "GeminiLLM",
        form: .chatCompletions(
            ChatCompletionsDialect(
                images: .object(detail: "high"), usage: .asked,
                modelsWithoutSystem: ["gemma-3-1b-it", "gemma-3-4b-it", "gemma-3-12b-it", "gemma-3-27b-it"])),
        address: .fixed("https://generativelanguage.googleapis.com/v1beta/openai/"),
        credential: .required("GEMINI_API_KEY", "No Gemini API key was set."),
        model: ModelRule(settings: ["GEMINI_LLM_MODEL_PREF"], standard: "gemini-2.0-flash-lite"),
        window: .table(KnownWindows.gemini, else: 30_720),
        listing: .hosted(
            .listAtOrigin("/v1beta/models?pageSize=1000", read: ModelListing.gemini), keyHeader: "x-goog-api-key"),
        tools: .allBut(["gemma"]))

    private static let ollama = ProviderRow(
        id: "ollama", className: "OllamaAILLM", form: .ollamaChat,
        address: .required("OLLAMA_BASE_PATH", missing: "No Ollama Base Path was set."),
        credential: .optional("OLLAMA_AUTH_TOKEN"),
        model: ModelRule(settings: ["OLLAMA_MODEL_PREF"]),
        window: WindowRule(
            setting: "OLLAMA_MODEL_TOKEN_LIMIT", unsetCap: 16_384, unlisted: 16_384, fallback: 4096),
        listing: .local(.ollama), tools: .listed(else: false),
        settings: [
            ProviderSetting(
                "OLLAMA_KEEP_ALIVE_TIMEOUT", "Seconds that its model stays loaded, or text such as `5m`; unset: 300."),
            ProviderSetting(
                "OLLAMA_RESPONSE_TIMEOUT", .integer(1...86_399_999),
                "Longest wait for its first byte in milliseconds, honoured above 300000."),
        ])

    static let bedrockDialect = ChatCompletionsDialect(
        modelsWithoutSystem: ["amazon.titan-text", "cohere.command-text", "us.deepseek.r1-v1:0"],
        streamingSwitch: .isSet("AWS_BEDROCK_STREAMING_DISABLED"))

    private static let bedrock = ProviderRow(
        id: "bedrock", className: "AWSBedrockLLM", form: .bedrock(BedrockHosts()),
        address: .required("AWS_BEDROCK_LLM_REGION", missing: "AWS_BEDROCK_LLM_REGION is required for AWS Bedrock."),
        credential: .required(
            "AWS_BEDROCK_LLM_API_KEY", "AWS_BEDROCK_LLM_API_KEY is required for AWS Bedrock."),
        model: ModelRule(settings: ["AWS_BEDROCK_LLM_MODEL_PREFERENCE"]),
        window: .setting("AWS_BEDROCK_LLM_MODEL_TOKEN_LIMIT", else: 8191),
        settings: [
            ProviderSetting(
                "AWS_BEDROCK_LLM_ACCESS_KEY_ID",
                "Access key for provider `bedrock`: signs requests to Converse when there is no API key."),
            ProviderSetting("AWS_BEDROCK_LLM_ACCESS_KEY", secret: true, "The secret of that access key."),
            ProviderSetting(
                "AWS_BEDROCK_LLM_SESSION_TOKEN", secret: true, "Session token of a temporary access key."),
            ProviderSetting(
                "AWS_BEDROCK_LLM_MAX_TOKENS", .integer(1...10_000_000),
                "Most tokens of its answers, of Anthropic's models and over Converse; unset: 4096."),
            ProviderSetting("AWS_BEDROCK_STREAMING_DISABLED", "Set to anything: it does not stream."),
        ])
}
