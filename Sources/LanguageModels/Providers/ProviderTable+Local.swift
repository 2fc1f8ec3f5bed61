import OrderedJSON

extension ProviderTable {
    /// Servers of one's own that speak Chat Completions.
    static let local: [ProviderRow] = [
        ProviderRow(
            id: "lmstudio", className: "LMStudioLLM",
            form: .chatCompletions(
                ChatCompletionsDialect(images: .object(detail: "auto"), showsReasoningInWholeAnswers: true)),
            address: .required(
                "LMSTUDIO_BASE_PATH", .origin(path: "/v1"), missing: "No LMStudio API Base Path was set."),
            credential: .optional("LMSTUDIO_AUTH_TOKEN"),
            model: ModelRule(settings: ["LMSTUDIO_MODEL_PREF"], missing: "LMStudio must have a valid model set."),
            window: WindowRule(setting: "LMSTUDIO_MODEL_TOKEN_LIMIT", fallback: 16_384),
            // LM Studio, "REST API v0" (lmstudio.ai/docs/developer/rest/endpoints).
            listing: .local(
                .listAtOrigin(
                    "/api/v0/models",
                    read: ModelListing.openAI(
                        window: ["max_context_length"], tools: ModelListing.word("tool_use", in: "capabilities")))),
            tools: .listed(else: false)),
        ProviderRow(
            id: "localai", className: "LocalAiLLM", form: .chatCompletions(ChatCompletionsDialect()),
            address: .required("LOCAL_AI_BASE_PATH", missing: "No LocalAI Base Path was set."),
            credential: .optional("LOCAL_AI_API_KEY"), model: ModelRule(settings: ["LOCAL_AI_MODEL_PREF"]),
            window: .setting("LOCAL_AI_MODEL_TOKEN_LIMIT", else: 4096)),
        ProviderRow(
            id: "koboldcpp", className: "KoboldCPPLLM",
            form: .chatCompletions(
                ChatCompletionsDialect(
                    outputLimit: .setting("KOBOLD_CPP_MAX_TOKENS", standard: 2048), finishReasons: ["stop", "length"])
            ),
            address: .required(
                "KOBOLD_CPP_BASE_PATH", missing: "KoboldCPP must have a valid base path to use for the api."),
            model: ModelRule(
                settings: ["KOBOLD_CPP_MODEL_PREF"], missing: "KoboldCPP must have a valid model set."),
            window: .setting("KOBOLD_CPP_MODEL_TOKEN_LIMIT", else: 4096),
            settings: [
                ProviderSetting(
                    "KOBOLD_CPP_MAX_TOKENS", .integer(1...10_000_000), "Most tokens of its answers; unset: 2048.")
            ]),
        ProviderRow(
            id: "textgenwebui", className: "TextGenWebUILLM", form: .chatCompletions(ChatCompletionsDialect()),
            address: .required(
                "TEXT_GEN_WEB_UI_BASE_PATH", missing: "TextGenWebUI must have a valid base path to use for the api."),
            credential: .optional("TEXT_GEN_WEB_UI_API_KEY"), model: ModelRule(ignoresWorkspace: true),
            window: .setting("TEXT_GEN_WEB_UI_MODEL_TOKEN_LIMIT", else: 4096)),
        ProviderRow(
            id: "litellm", className: "LiteLLM", form: .chatCompletions(ChatCompletionsDialect()),
            address: .required(
                "LITE_LLM_BASE_PATH", missing: "LiteLLM must have a valid base path to use for the api."),
            credential: .optional("LITE_LLM_API_KEY"),
            model: ModelRule(settings: ["LITE_LLM_MODEL_PREF"], missing: "LiteLLM must have a valid model set."),
            window: .setting("LITE_LLM_MODEL_TOKEN_LIMIT", else: 4096)),
        ProviderRow(
            id: "nvidia-nim", className: "NvidiaNimLLM",
            form: .chatCompletions(ChatCompletionsDialect(images: .object(detail: "auto"))),
            address: .required(
                "NVIDIA_NIM_LLM_BASE_PATH", .origin(path: "/v1"), missing: "No NVIDIA NIM API Base Path was set."),
            model: ModelRule(settings: ["NVIDIA_NIM_LLM_MODEL_PREF"], missing: undefinedModel("NVIDIA NIM")),
            window: .setting("NVIDIA_NIM_LLM_MODEL_TOKEN_LIMIT", else: 4096),
            listing: .local(.list("/models", read: ModelListing.openAI(window: ["max_model_len"]))), tools: .never),
        ProviderRow(
            id: "foundry", className: "FoundryLLM",
            form: .chatCompletions(
                ChatCompletionsDialect(
                    images: .object(detail: "auto"), outputLimit: .window,
                    quietEnd: ChatCompletionsDialect.QuietEnd(standard: 500), preparation: .foundry,
                    dropsToolMarkup: true)),
            address: .required("FOUNDRY_BASE_PATH", .origin(path: "/v1"), missing: "No Foundry Base Path was set."),
            model: ModelRule(settings: ["FOUNDRY_MODEL_PREF"], missing: undefinedModel("Foundry")),
            window: WindowRule(setting: "FOUNDRY_MODEL_TOKEN_LIMIT", unsetCap: 16_000, fallback: 8192),
            // The catalog calls it `supportsToolCalling`, some versions' list of models `toolCalling`.
            listing: .local(
                .list(
                    "/models",
                    read: ModelListing.openAI(
                        window: ["maxInputTokens"], tools: ModelListing.flag(["toolCalling"], ["supportsToolCalling"])))
            ),
            tools: .listed(else: false)),
        ProviderRow(
            id: "docker-model-runner", className: "DockerModelRunnerLLM",
            form: .chatCompletions(ChatCompletionsDialect(images: .object(detail: "auto"))),
            address: .required(
                "DOCKER_MODEL_RUNNER_BASE_PATH", .origin(path: "/engines/v1"),
                missing: "No Docker Model Runner API Base Path was set."),
            model: ModelRule(
                settings: ["DOCKER_MODEL_RUNNER_LLM_MODEL_PREF"],
                missing: "No Docker Model Runner Model Pref was set."),
            window: .setting("DOCKER_MODEL_RUNNER_LLM_MODEL_TOKEN_LIMIT", else: 8192),
            listing: .local(
                .modelAtOrigin("/models/", read: ModelListing.dockerModelRunner), tellsWindow: false),
            tools: .listed(else: false)),
        ProviderRow(
            id: "privatemode", className: "PrivatemodeLLM",
            form: .chatCompletions(ChatCompletionsDialect(images: .object(detail: "auto"))),
            address: .required(
                "PRIVATEMODE_LLM_BASE_PATH", .origin(path: "/v1"), missing: "No Privatemode Base Path was set."),
            model: ModelRule(settings: ["PRIVATEMODE_LLM_MODEL_PREF"], missing: undefinedModel("Privatemode")),
            window: .table(KnownWindows.privatemode, else: 16_384)),
        ProviderRow(
            id: "lemonade", className: "LemonadeLLM",
            form: .chatCompletions(
                ChatCompletionsDialect(
                    images: .object(detail: "auto"), showsReasoningInWholeAnswers: true, preparation: .lemonade)),
            address: .required(
                "LEMONADE_LLM_BASE_PATH", .origin(path: "/api/v1"), missing: "No Lemonade API Base Path was set."),
            credential: .optional("LEMONADE_LLM_API_KEY"),
            model: ModelRule(settings: ["LEMONADE_LLM_MODEL_PREF"], missing: "No Lemonade Model Pref was set."),
            window: .setting("LEMONADE_LLM_MODEL_TOKEN_LIMIT", else: 8192)),
        ProviderRow(
            id: "omlx", className: "OMLXLLM",
            form: .chatCompletions(
                ChatCompletionsDialect(images: .object(detail: "auto"), showsReasoningInWholeAnswers: true)),
            address: .required("OMLX_LLM_BASE_PATH", .origin(path: "/v1"), missing: "No OMLX API Base Path was set."),
            credential: .optional("OMLX_LLM_API_KEY"),
            model: ModelRule(settings: ["OMLX_LLM_MODEL_PREF"], missing: "OMLX must have a valid model set."),
            window: WindowRule(setting: "OMLX_LLM_TOKEN_LIMIT", unsetCap: 16_384, fallback: 16_000),
            listing: .local(.list("/models", read: ModelListing.openAI(window: ["max_model_len"])))),
    ]

    private static func undefinedModel(_ label: String) -> String {
        "\(label) chat: undefined is not valid or defined model for chat completion!"
    }
}
