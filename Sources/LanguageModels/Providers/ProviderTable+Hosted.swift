import OrderedJSON

extension ProviderTable {
    /// Services that speak Chat Completions.
    static let hosted: [ProviderRow] =
        [
            ProviderRow(
                id: "togetherai", className: "TogetherAiLLM",
                form: .chatCompletions(ChatCompletionsDialect(sendsImagesOfHistory: false)),
                address: .fixed("https://api.together.xyz/v1"),
                credential: .required("TOGETHER_AI_API_KEY", "No TogetherAI API key was set."),
                model: ModelRule(
                    settings: ["TOGETHER_AI_MODEL_PREF"], check: ModelRule.Check(label: "TogetherAI chat")),
                window: WindowRule(fallback: 4096),
                listing: .hosted(
                    .list(
                        "/models",
                        read: ModelListing.openAI(
                            window: ["context_length"], where: { $0["type"]?.stringValue == "chat" })))),
            ProviderRow(
                id: "fireworksai", className: "FireworksAiLLM",
                form: .chatCompletions(ChatCompletionsDialect(images: .dropped)),
                address: .fixed("https://api.fireworks.ai/inference/v1"),
                credential: .required("FIREWORKS_AI_LLM_API_KEY", "No FireworksAI API key was set."),
                model: ModelRule(
                    settings: ["FIREWORKS_AI_LLM_MODEL_PREF"], check: ModelRule.Check(label: "FireworksAI chat")),
                window: WindowRule(fallback: 4096),
                listing: .hosted(.list("/models", read: ModelListing.openAI(window: ["context_length"])))),
            ProviderRow(
                id: "perplexity", className: "PerplexityLLM",
                form: .chatCompletions(
                    ChatCompletionsDialect(
                        images: .dropped, linksCitations: true,
                        quietEnd: ChatCompletionsDialect.QuietEnd(standard: 800))),
                address: .fixed("https://api.perplexity.ai"),
                credential: .required("PERPLEXITY_API_KEY", "No Perplexity API key was set."),
                model: ModelRule(
                    settings: ["PERPLEXITY_MODEL_PREF"], standard: "sonar",
                    check: ModelRule.Check(
                        label: "Perplexity chat",
                        names: ["sonar", "sonar-reasoning", "sonar-reasoning-pro", "sonar-pro"])),
                window: .table(KnownWindows.perplexity, else: 4096), tools: .never),
            ProviderRow(
                id: "openrouter", className: "OpenRouterLLM",
                form: .chatCompletions(
                    ChatCompletionsDialect(
                        images: .object(detail: "auto"), showsReasoningInWholeAnswers: true,
                        members: ["include_reasoning": true, "user": ""],
                        quietEnd: ChatCompletionsDialect.QuietEnd(
                            setting: "OPENROUTER_TIMEOUT_MS", standard: 3000, minimum: 500),
                        headers: [referer, ("X-Title", "Carrel")])),
                address: .fixed("https://openrouter.ai/api/v1"),
                credential: .required("OPENROUTER_API_KEY", "No OpenRouter API key was set."),
                model: ModelRule(
                    settings: ["OPENROUTER_MODEL_PREF"], standard: "openrouter/auto",
                    check: ModelRule.Check(label: "OpenRouter chat")),
                window: WindowRule(fallback: 4096),
                listing: .hosted(.list("/models", read: ModelListing.openAI(window: ["context_length"]))),
                settings: [quietEnd("OPENROUTER_TIMEOUT_MS", "openrouter")]),
            ProviderRow(
                id: "mistral", className: "MistralLLM",
                form: .chatCompletions(ChatCompletionsDialect(images: .address)),
                address: .fixed("https://api.mistral.ai/v1"),
                credential: .required("MISTRAL_API_KEY", "No Mistral API key was set."),
                model: ModelRule(settings: ["MISTRAL_MODEL_PREF"], standard: "mistral-tiny"),
                window: WindowRule(fallback: 32_000), temperature: 0),
            ProviderRow(
                id: "groq", className: "GroqLLM",
                form: .chatCompletions(
                    ChatCompletionsDialect(
                        sendsImagesOfHistory: false,
                        visionModels: ["llama-3.2-90b-vision-preview", "llama-3.2-11b-vision-preview"])),
                address: .fixed("https://api.groq.com/openai/v1"),
                credential: .required("GROQ_API_KEY", "No Groq API key was set."),
                model: ModelRule(settings: ["GROQ_MODEL_PREF"], standard: "llama-3.1-8b-instant"),
                window: .table(KnownWindows.groq, else: 8192)),
            ProviderRow(
                id: "cohere", className: "CohereLLM",
                form: .chatCompletions(ChatCompletionsDialect(images: .dropped, usage: .asked)),
                address: .fixed("https://api.cohere.ai/compatibility/v1"),
                credential: .required("COHERE_API_KEY", "No Cohere API key was set."),
                model: ModelRule(settings: ["COHERE_MODEL_PREF"]),
                window: .table(KnownWindows.cohere, else: 4096), tools: .models(["command-r", "command-a"])),
            ProviderRow(
                id: "deepseek", className: "DeepSeekLLM",
                form: .chatCompletions(
                    ChatCompletionsDialect(
                        // DeepSeek, "Thinking Mode", on tool calls (api-docs.deepseek.com/guides/thinking_mode).
                        images: .dropped, showsReasoningInWholeAnswers: true, returnsReasoning: true)),
                address: .fixed("https://api.deepseek.com/v1"),
                credential: .required("DEEPSEEK_API_KEY", "No DeepSeek API key was set."),
                model: ModelRule(
                    settings: ["DEEPSEEK_MODEL_PREF"], standard: "deepseek-chat",
                    check: ModelRule.Check(label: "DeepSeek chat")),
                window: .table(KnownWindows.deepSeek, else: 8192),
                listing: .hosted(.list("/models", read: ModelListing.openAI()))),
            ProviderRow(
                id: "apipie", className: "ApiPieLLM",
                form: .chatCompletions(ChatCompletionsDialect(images: .object(detail: "auto"))),
                address: .fixed("https://apipie.ai/v1"),
                credential: .required("APIPIE_LLM_API_KEY", "No ApiPie LLM API key was set."),
                model: ModelRule(
                    settings: ["APIPIE_LLM_MODEL_PREF"], standard: "openrouter/mistral-7b-instruct",
                    check: ModelRule.Check(label: "ApiPie chat")),
                window: WindowRule(fallback: 4096), listing: .hosted(.list("/models", read: ModelListing.apipie))),
            ProviderRow(
                id: "novita", className: "NovitaLLM",
                form: .chatCompletions(
                    ChatCompletionsDialect(
                        images: .object(detail: "auto"),
                        quietEnd: ChatCompletionsDialect.QuietEnd(
                            setting: "NOVITA_LLM_TIMEOUT_MS", standard: 3000, minimum: 500))),
                address: .fixed("https://api.novita.ai/v3/openai"),
                credential: .required("NOVITA_LLM_API_KEY", "No Novita API key was set."),
                model: ModelRule(
                    settings: ["NOVITA_LLM_MODEL_PREF"], standard: "deepseek/deepseek-r1",
                    check: ModelRule.Check(label: "Novita chat")),
                window: WindowRule(fallback: 4096),
                listing: .hosted(
                    .list(
                        "/models",
                        read: ModelListing.openAI(
                            window: ["context_size"], tools: ModelListing.word("function-calling", in: "features")))),
                tools: .listed(else: false), settings: [quietEnd("NOVITA_LLM_TIMEOUT_MS", "novita")]),
        ] + moreHosted

    private static let moreHosted: [ProviderRow] = [
        ProviderRow(
            id: "xai", className: "XAiLLM",
            form: .chatCompletions(ChatCompletionsDialect(images: .object(detail: "high"))),
            address: .fixed("https://api.x.ai/v1"),
            credential: .required("XAI_LLM_API_KEY", "No xAI API key was set."),
            model: ModelRule(settings: ["XAI_LLM_MODEL_PREF"], standard: "grok-beta"),
            window: .table(KnownWindows.xai, else: 131_072)),
        ProviderRow(
            id: "ppio", className: "PPIOLLM",
            form: .chatCompletions(
                ChatCompletionsDialect(images: .dropped, headers: [referer, ("X-API-Source", "carrel")])),
            address: .fixed("https://api.ppinfra.com/v3/openai/"),
            credential: .required("PPIO_API_KEY", "No PPIO API key was set."),
            model: ModelRule(
                settings: ["PPIO_MODEL_PREF"], standard: "qwen/qwen2.5-32b-instruct",
                check: ModelRule.Check(label: "PPIO chat")),
            window: WindowRule(fallback: 4096),
            listing: .hosted(.list("/models", read: ModelListing.openAI(window: ["context_size"])))),
        ProviderRow(
            id: "moonshotai", className: "MoonshotAiLLM",
            // Moonshot AI, "Use kimi-k2-thinking model", on tool calls (platform.moonshot.ai/docs).
            form: .chatCompletions(ChatCompletionsDialect(returnsReasoning: true)),
            address: .fixed("https://api.moonshot.ai/v1"),
            credential: .required("MOONSHOT_AI_API_KEY", "No Moonshot AI API key was set."),
            model: ModelRule(settings: ["MOONSHOT_AI_MODEL_PREF"], standard: "moonshot-v1-32k"),
            window: .table(KnownWindows.moonshot, else: 8192)),
        ProviderRow(
            id: "cometapi", className: "CometApiLLM",
            form: .chatCompletions(
                ChatCompletionsDialect(
                    images: .object(detail: "auto"),
                    quietEnd: ChatCompletionsDialect.QuietEnd(
                        setting: "COMETAPI_LLM_TIMEOUT_MS", standard: 3000, minimum: 500))),
            address: .fixed("https://api.cometapi.com/v1"),
            credential: .required("COMETAPI_LLM_API_KEY", "No CometAPI API key was set."),
            model: ModelRule(
                settings: ["COMETAPI_LLM_MODEL_PREF"], standard: "gpt-5-mini",
                check: ModelRule.Check(label: "CometAPI chat")),
            window: WindowRule(fallback: 4096),
            listing: .hosted(.list("/models", read: ModelListing.openAI(window: ["context_length"]))),
            settings: [quietEnd("COMETAPI_LLM_TIMEOUT_MS", "cometapi")]),
        ProviderRow(
            id: "zai", className: "ZAiLLM",
            form: .chatCompletions(ChatCompletionsDialect(sendsImagesOfHistory: false)),
            address: .fixed("https://api.z.ai/api/paas/v4"),
            credential: .required("ZAI_API_KEY", "No Z.AI API key was set."),
            model: ModelRule(settings: ["ZAI_MODEL_PREF"], standard: "glm-4.5"),
            window: .table(KnownWindows.zai, else: 131_072)),
        ProviderRow(
            id: "giteeai", className: "GiteeAILLM",
            form: .chatCompletions(ChatCompletionsDialect(images: .dropped, showsReasoningInWholeAnswers: true)),
            address: .fixed("https://ai.gitee.com/v1"),
            credential: .required("GITEE_AI_API_KEY", "No Gitee AI API key was set."),
            model: ModelRule(settings: ["GITEE_AI_MODEL_PREF"], standard: ""),
            window: WindowRule(setting: "GITEE_AI_MODEL_TOKEN_LIMIT", table: KnownWindows.giteeAI, fallback: 8192)),
        ProviderRow(
            id: "sambanova", className: "SambaNovaLLM",
            form: .chatCompletions(ChatCompletionsDialect(sendsImagesOfHistory: false, usage: .asked)),
            address: .fixed("https://api.sambanova.ai/v1"),
            credential: .required("SAMBANOVA_LLM_API_KEY", "No SambaNova API key was set."),
            model: ModelRule(settings: ["SAMBANOVA_LLM_MODEL_PREF"]),
            window: .table(KnownWindows.sambaNova, else: 131_072)),
        ProviderRow(
            id: "minimax", className: "MinimaxLLM", form: .chatCompletions(ChatCompletionsDialect(images: .dropped)),
            address: .fixed("https://api.minimax.io/v1"),
            credential: .required("MINIMAX_API_KEY", "No Minimax API key was set."),
            model: ModelRule(
                settings: ["MINIMAX_MODEL_PREF"], standard: "MiniMax-M2.7",
                check: ModelRule.Check(label: "Minimax chat", streamLabel: "Minimax stream")),
            window: .table(KnownWindows.miniMax, else: 196_000),
            listing: .hosted(.list("/models", read: ModelListing.openAI()))),
        ProviderRow(
            id: "cerebras", className: "CerebrasLLM", form: .chatCompletions(ChatCompletionsDialect(images: .dropped)),
            address: .fixed("https://api.cerebras.ai/v1"),
            credential: .required("CEREBRAS_API_KEY", "No Cerebras API key was set."),
            model: ModelRule(settings: ["CEREBRAS_MODEL_PREF"], standard: "gpt-oss-120b"),
            window: WindowRule(setting: "CEREBRAS_MODEL_TOKEN_LIMIT", unlisted: 128_000, fallback: 128_000),
            listing: .hosted(
                .listAtOrigin(
                    "/public/v1/models",
                    // Cerebras, "Public models" (inference-docs.cerebras.ai/api-reference/models/public-models).
                    read: ModelListing.openAI(
                        window: ["limits", "max_context_length"],
                        tools: ModelListing.flag(["capabilities", "function_calling"], ["capabilities", "tools"])))),
            temperature: 0, tools: .listed(else: true)),
    ]

    /// Services that count their callers by address ask programs without a site for this one, beside a title
    /// (OpenRouter, "App attribution", openrouter.ai/docs/app-attribution).
    private static let referer = (name: "HTTP-Referer", value: "http://localhost")

    private static func quietEnd(_ setting: String, _ id: String) -> ProviderSetting {
        ProviderSetting(
            setting, .integer(0...86_399_999),
            "Silence that ends a stream of provider `\(id)`, in milliseconds, at least 500; unset: 3000.")
    }
}
