import Testing

@testable import LanguageModels

/// What is said of missing settings, word by word from contract/providers.md 3.1 and 3.2.
struct MissingSettingsTests {
    static let cases: [(String, [String: String], String)] = [
        ("openai", [:], "No OpenAI API key was set."),
        ("azure", [:], "No Azure API endpoint was set."),
        ("azure", ["AZURE_OPENAI_ENDPOINT": "https://x"], "No Azure API key was set."),
        (
            "azure", ["AZURE_OPENAI_ENDPOINT": "https://x", "AZURE_OPENAI_KEY": "k"],
            "No AZURE_OPENAI_MODEL_PREF ENV defined. This must the name of a deployment on your Azure account for an "
                + "LLM chat model like GPT-3.5."
        ),
        ("anthropic", [:], "No Anthropic API key was set."),
        ("gemini", [:], "No Gemini API key was set."),
        ("lmstudio", [:], "No LMStudio API Base Path was set."),
        ("lmstudio", ["LMSTUDIO_BASE_PATH": "http://x"], "LMStudio must have a valid model set."),
        ("localai", [:], "No LocalAI Base Path was set."),
        ("ollama", [:], "No Ollama Base Path was set."),
        ("togetherai", [:], "No TogetherAI API key was set."),
        ("fireworksai", [:], "No FireworksAI API key was set."),
        ("perplexity", [:], "No Perplexity API key was set."),
        ("openrouter", [:], "No OpenRouter API key was set."),
        ("mistral", [:], "No Mistral API key was set."),
        ("groq", [:], "No Groq API key was set."),
        ("koboldcpp", [:], "KoboldCPP must have a valid base path to use for the api."),
        ("koboldcpp", ["KOBOLD_CPP_BASE_PATH": "http://x"], "KoboldCPP must have a valid model set."),
        ("textgenwebui", [:], "TextGenWebUI must have a valid base path to use for the api."),
        ("cohere", [:], "No Cohere API key was set."),
        ("litellm", [:], "LiteLLM must have a valid base path to use for the api."),
        ("litellm", ["LITE_LLM_BASE_PATH": "http://x"], "LiteLLM must have a valid model set."),
        ("generic-openai", [:], "GenericOpenAI must have a valid base path to use for the api."),
        ("generic-openai", ["GENERIC_OPEN_AI_BASE_PATH": "http://x"], "GenericOpenAI must have a valid model set."),
        ("bedrock", [:], "AWS_BEDROCK_LLM_API_KEY is required for AWS Bedrock."),
        ("bedrock", ["AWS_BEDROCK_LLM_ACCESS_KEY_ID": "a"], "AWS_BEDROCK_LLM_API_KEY is required for AWS Bedrock."),
        ("bedrock", ["AWS_BEDROCK_LLM_API_KEY": "k"], "AWS_BEDROCK_LLM_REGION is required for AWS Bedrock."),
        (
            "bedrock", ["AWS_BEDROCK_LLM_ACCESS_KEY_ID": "a", "AWS_BEDROCK_LLM_ACCESS_KEY": "s"],
            "AWS_BEDROCK_LLM_REGION is required for AWS Bedrock."
        ),
        ("deepseek", [:], "No DeepSeek API key was set."),
        ("apipie", [:], "No ApiPie LLM API key was set."),
        ("novita", [:], "No Novita API key was set."),
        ("xai", [:], "No xAI API key was set."),
        ("nvidia-nim", [:], "No NVIDIA NIM API Base Path was set."),
        (
            "nvidia-nim", ["NVIDIA_NIM_LLM_BASE_PATH": "http://x"],
            "NVIDIA NIM chat: undefined is not valid or defined model for chat completion!"
        ),
        ("ppio", [:], "No PPIO API key was set."),
        ("moonshotai", [:], "No Moonshot AI API key was set."),
        ("cometapi", [:], "No CometAPI API key was set."),
        ("foundry", [:], "No Foundry Base Path was set."),
        ("zai", [:], "No Z.AI API key was set."),
        ("giteeai", [:], "No Gitee AI API key was set."),
        ("docker-model-runner", [:], "No Docker Model Runner API Base Path was set."),
        (
            "docker-model-runner", ["DOCKER_MODEL_RUNNER_BASE_PATH": "http://x"],
            "No Docker Model Runner Model Pref was set."
        ),
        ("privatemode", [:], "No Privatemode Base Path was set."),
        ("sambanova", [:], "No SambaNova API key was set."),
        ("lemonade", [:], "No Lemonade API Base Path was set."),
        ("lemonade", ["LEMONADE_LLM_BASE_PATH": "http://x"], "No Lemonade Model Pref was set."),
        ("minimax", [:], "No Minimax API key was set."),
        ("cerebras", [:], "No Cerebras API key was set."),
        ("omlx", [:], "No OMLX API Base Path was set."),
        ("omlx", ["OMLX_LLM_BASE_PATH": "http://x"], "OMLX must have a valid model set."),
        ("anythingllm-router", [:], "No model router found for this workspace."),
    ]

    @Test("a provider without a setting that it needs says which", arguments: cases)
    func missing(id: String, settings: [String: String], message: String) async {
        let catalog = ProviderFixture.catalog(settings)
        let error = #expect(throws: LanguageModelError.self) { try catalog.model(provider: id, model: nil) }
        #expect(error?.code == .notConfigured)
        #expect(error?.message == message)
        let prepared = await #expect(throws: LanguageModelError.self) {
            try await catalog.preparedModel(provider: id, model: nil)
        }
        #expect(prepared?.message == message)
    }
}
