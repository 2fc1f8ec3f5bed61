/// Every remote embedder that can be chosen, one row each (contract/providers.md 4). Adding one is adding a row.
public enum EmbedderTable {
    static let rows: [EmbedderRow] = hosted + selfHosted

    /// The ids that `EMBEDDING_ENGINE` may have beside `native`.
    public static var ids: [String] { rows.map(\.id) }

    static func row(_ id: String) -> EmbedderRow? { rows.first { $0.id == id } }

    /// Batches that are sent at once where the reference sends all of them at once: enough to hide a round trip, few
    /// enough not to run into the rate limit of a service by oneself.
    private static let concurrent = 4

    private static let hosted = [
        EmbedderRow(
            id: "openai", label: "OpenAI", address: .fixed("https://api.openai.com/v1"),
            key: .init(setting: "OPEN_AI_KEY", missing: "No OpenAI API key was set."),
            model: .standard("text-embedding-ada-002"), length: .fixed(8191), batch: .fixed(500),
            concurrency: concurrent),
        EmbedderRow(
            id: "azure", label: "Azure OpenAI", form: .azure(version: "2024-12-01-preview"),
            address: .setting("AZURE_OPENAI_ENDPOINT", missing: "No Azure API endpoint was set."),
            key: .init(setting: "AZURE_OPENAI_KEY", missing: "No Azure API key was set.", header: "api-key"),
            model: .required(missing: "No Embedding Model preference defined."), length: .fixed(2048),
            batch: .fixed(16), concurrency: concurrent),
        EmbedderRow(
            id: "cohere", label: "Cohere", address: .fixed("https://api.cohere.ai/compatibility/v1"),
            key: .init(setting: "COHERE_API_KEY", missing: "No Cohere API key was set."),
            model: .standard("embed-english-v3.0"), length: .fixed(1945), batch: .fixed(96), concurrency: concurrent),
        // The interface is OpenAI's but for the format, which is named only for base64 (Voyage API reference,
        // "Text embeddings").
        EmbedderRow(
            id: "voyageai", label: "Voyage AI", form: .openAI(encoding: nil),
            address: .fixed("https://api.voyageai.com/v1"),
            key: .init(setting: "VOYAGEAI_API_KEY", missing: "No Voyage AI API key was set."),
            model: .standard("voyage-3-lite"),
            length: .byModel(
                [
                    ("voyage-3", 32_000), ("voyage-code-3", 32_000), ("voyage-finance-2", 32_000),
                    ("voyage-multilingual-2", 32_000), ("voyage-large-2", 16_000), ("voyage-law-2", 16_000),
                    ("voyage-code-2", 16_000),
                ], else: 4000),
            batch: .fixed(128), showsKind: false, throttled: "Voyage AI failed to embed: Rate limit reached"),
        EmbedderRow(
            id: "mistral", label: "Mistral", form: .openAI(encoding: "float"),
            address: .fixed("https://api.mistral.ai/v1"),
            key: .init(setting: "MISTRAL_API_KEY", missing: "No Mistral API key was set."),
            model: .standard("mistral-embed"), length: .setting(else: 1000), batch: .everything),
        EmbedderRow(
            id: "gemini", label: "Gemini", address: .fixed("https://generativelanguage.googleapis.com/v1beta/openai"),
            key: .init(setting: "GEMINI_EMBEDDING_API_KEY", missing: "No Gemini API key was set."),
            model: .standard("gemini-embedding-001"), length: .byModel([("gemini-embedding-2", 8192)], else: 2048),
            batch: .fixed(4), concurrency: concurrent, sendsDimensions: true),
        EmbedderRow(
            id: "openrouter", label: "OpenRouter", address: .fixed("https://openrouter.ai/api/v1"),
            key: .init(setting: "OPENROUTER_API_KEY", missing: "No OpenRouter API key was set."),
            model: .standard("baai/bge-m3"), length: .fixed(8191), batch: .fixed(500), concurrency: concurrent),
    ]

    private static let noBase = "No embedding base path was set."
    private static let noModel = "No embedding model was set."

    private static let selfHosted = [
        EmbedderRow(
            id: "generic-openai", label: "GenericOpenAI",
            address: .setting(
                "EMBEDDING_BASE_PATH", missing: "GenericOpenAI must have a valid base path to use for the api."),
            key: .init(setting: "GENERIC_OPEN_AI_EMBEDDING_API_KEY"), model: .null, length: .setting(else: 1000),
            batch: .setting("GENERIC_OPEN_AI_EMBEDDING_MAX_CONCURRENT_CHUNKS", else: 500), showsKind: false,
            delaySetting: "GENERIC_OPEN_AI_EMBEDDING_API_DELAY_MS",
            passagePrefixSetting: "GENERIC_OPEN_AI_EMBEDDING_PASSAGE_PREFIX",
            queryPrefixSetting: "GENERIC_OPEN_AI_EMBEDDING_QUERY_PREFIX"),
        EmbedderRow(
            id: "ollama", label: "Ollama", form: .ollama, address: .setting("EMBEDDING_BASE_PATH", missing: noBase),
            key: .init(setting: "OLLAMA_AUTH_TOKEN"), model: .required(missing: noModel),
            length: .setting(else: 1000), batch: .setting("OLLAMA_EMBEDDING_BATCH_SIZE", else: 1),
            unreachable: "Ollama service could not be reached. Is Ollama running?"),
        EmbedderRow(
            id: "lmstudio", label: "LMStudio",
            address: .origin("EMBEDDING_BASE_PATH", path: "/v1", missing: noBase),
            key: .init(setting: "LMSTUDIO_AUTH_TOKEN"), model: .required(missing: noModel),
            length: .setting(else: 1000), batch: .fixed(1),
            unreachable: "LMStudio service could not be reached. Is LMStudio running?"),
        EmbedderRow(
            id: "localai", label: "LocalAI", form: .openAI(encoding: "float"),
            address: .setting("EMBEDDING_BASE_PATH", missing: noBase),
            key: .init(setting: "LOCAL_AI_API_KEY"), model: .required(missing: noModel),
            length: .setting(else: 1000), batch: .fixed(50), concurrency: concurrent, sendsDimensions: true),
        EmbedderRow(
            id: "litellm", label: "LiteLLM",
            address: .setting(
                "LITE_LLM_BASE_PATH", missing: "LiteLLM must have a valid base path to use for the api."),
            key: .init(setting: "LITE_LLM_API_KEY"), model: .standard("text-embedding-ada-002"),
            length: .setting(else: 1000), batch: .fixed(500), concurrency: concurrent),
        EmbedderRow(
            id: "lemonade", label: "Lemonade",
            address: .origin("EMBEDDING_BASE_PATH", path: "/api/v1", missing: noBase),
            key: .init(setting: "LEMONADE_LLM_API_KEY"),
            model: .required(missing: "No Embedding Model Pref was set."), length: .setting(else: 8191),
            batch: .fixed(50)),
    ]
}
