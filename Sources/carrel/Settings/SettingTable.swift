/// Every setting, in the order in which it is shown. Keys are AnythingLLM's where it has the same setting.
///
/// The README's table and the sample environment file are made from this one; a test compares them.
enum SettingTable {
    static let all = storage + serving + nginx + languageModels + embedding + behaviour

    private static let storage = [
        SettingDeclaration(
            "STORAGE_DIR", .path, default: "/var/lib/carrel", "Folder of the database; one server at a time uses it."),
        SettingDeclaration(
            "CARREL_MODEL_DIR", .path, default: "/usr/share/carrel/model",
            "Folder of the native embedder's `model.safetensors` and `vocab.txt`; `carrel model fetch` fills it."),
        SettingDeclaration(
            "CARREL_TOKENIZER_DIR", .path, default: "/usr/share/carrel/tokenizers",
            "Folder of tokenizer rank files; without `cl100k_base.tiktoken` there, tokens are estimated."),
    ]

    private static let serving = [
        SettingDeclaration(
            "CARREL_LISTEN", .listenAddress, default: "unix:/run/carrel/carrel.sock",
            "Where nginx finds the server. A socket passed by systemd takes precedence."),
        SettingDeclaration(
            "CARREL_SOCKET_MODE", .fileMode, default: "660", "Permissions of a unix socket that the server creates."),
        SettingDeclaration(
            "CARREL_SOCKET_GROUP", .text, "Group of a unix socket that the server creates: nginx's, such as www-data."),
        SettingDeclaration(
            "CARREL_MIN_THREADS", .integer(1...65_536), default: "8", "Responder threads that are always there."),
        SettingDeclaration(
            "CARREL_MAX_THREADS", .integer(1...65_536), default: "1024",
            "Most responder threads: requests and open streams at once. Raise it when the log says it was reached."),
        SettingDeclaration(
            "CARREL_IDLE_SECONDS", .integer(1...86_400), default: "30",
            "Seconds after which an idle thread above the minimum ends."),
        SettingDeclaration(
            "CARREL_DRAIN_SECONDS", .integer(0...3600), default: "30",
            "Seconds that requests in flight get to finish when the server stops; below the unit's TimeoutStopSec."),
        SettingDeclaration(
            "CARREL_LOG_LEVEL", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
            default: "info", "Least level that is logged, to standard error."),
    ]

    private static let nginx = [
        SettingDeclaration(
            "CARREL_NGINX_KEY_MAP", .path, default: "/etc/nginx/carrel/keys.map",
            "File of key hashes that nginx reads; `carrel keys` writes it."),
        SettingDeclaration(
            "CARREL_NGINX_RELOAD", .text, default: "systemctl reload nginx",
            "Command that makes nginx read the key file again; empty for none."),
    ]

    private static let languageModels = [
        SettingDeclaration(
            "LLM_PROVIDER", .text,
            "`extractive`, `generic-openai` or `openai`. Unset: `openai` when `OPEN_AI_KEY` is set, else `extractive`."),
        SettingDeclaration("OPEN_AI_KEY", .text, secret: true, "API key for provider `openai`."),
        SettingDeclaration("OPEN_MODEL_PREF", .text, "Model of provider `openai`; unset: `gpt-4.1-nano`."),
        SettingDeclaration("OPENAI_BASE_URL", .url, "Another base URL for provider `openai`."),
        SettingDeclaration("GENERIC_OPEN_AI_BASE_PATH", .url, "Base URL for provider `generic-openai`, up to `/v1`."),
        SettingDeclaration("GENERIC_OPEN_AI_API_KEY", .text, secret: true, "API key for provider `generic-openai`."),
        SettingDeclaration("GENERIC_OPEN_AI_MODEL_PREF", .text, "Model of provider `generic-openai`."),
        SettingDeclaration(
            "GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT", .text, "Its context window in tokens; unset: 4096."),
        SettingDeclaration(
            "GENERIC_OPEN_AI_MAX_TOKENS", .integer(1...10_000_000), "Most tokens of its answers; unset: 1024."),
        SettingDeclaration(
            "GENERIC_OPEN_AI_CUSTOM_HEADERS", .text, secret: true,
            "Further headers for it, `Name:value` pairs separated by commas."),
        SettingDeclaration("GENERIC_OPENAI_STREAMING_DISABLED", .text, "`true`: it cannot stream."),
        SettingDeclaration("GENERIC_OPEN_AI_REPORT_USAGE", .text, "`true`: ask it for token counts in streams."),
        SettingDeclaration(
            "LLM_CONNECT_TIMEOUT_MS", .integer(1...86_399_999), "Longest wait for a connection; unset: 10000."),
        SettingDeclaration(
            "LLM_FIRST_TOKEN_TIMEOUT_MS", .integer(1...86_399_999),
            "Longest wait for the first byte of a streamed answer; unset: 300000."),
        SettingDeclaration(
            "LLM_IDLE_TIMEOUT_MS", .integer(1...86_399_999), "Longest silence inside a stream; unset: 300000."),
        SettingDeclaration(
            "ANYTHINGLLM_FETCH_TIMEOUT", .integer(1...86_399_999),
            "Longest call to a provider in milliseconds; unset: 600000."),
    ]

    private static let embedding = [
        SettingDeclaration(
            "EMBEDDING_ENGINE", .choice(["native", "generic-openai"]), default: "native",
            "What turns text into vectors."),
        SettingDeclaration(
            "EMBEDDING_BASE_PATH", .url, "Base URL for engine `generic-openai`, up to `/v1`."),
        SettingDeclaration("EMBEDDING_MODEL_PREF", .text, "Model of engine `generic-openai`."),
        SettingDeclaration(
            "EMBEDDING_MODEL_MAX_CHUNK_LENGTH", .text,
            "Longest chunk in UTF-16 units for engine `generic-openai`; unset: 1000."),
        SettingDeclaration(
            "GENERIC_OPEN_AI_EMBEDDING_API_KEY", .text, secret: true, "API key for engine `generic-openai`."),
        SettingDeclaration(
            "GENERIC_OPEN_AI_EMBEDDING_MAX_CONCURRENT_CHUNKS", .text, "Chunks for one call to it; unset: 500."),
        SettingDeclaration(
            "GENERIC_OPEN_AI_EMBEDDING_API_DELAY_MS", .text, "Pause between calls to it in milliseconds, 500 or more."),
        SettingDeclaration("GENERIC_OPEN_AI_EMBEDDING_PASSAGE_PREFIX", .text, "Text put before each passage for it."),
        SettingDeclaration("GENERIC_OPEN_AI_EMBEDDING_QUERY_PREFIX", .text, "Text put before each query for it."),
    ]

    private static let behaviour = [
        SettingDeclaration(
            "WORKSPACE_DELETION_PROTECTION", .text, "Set to anything, even nothing: workspaces cannot be deleted.")
    ]
}
