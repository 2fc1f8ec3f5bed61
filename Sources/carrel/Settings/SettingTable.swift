import LanguageModels
import SentenceEmbedding

/// Every setting, in the order in which it is shown. Keys are AnythingLLM's where it has the same setting.
///
/// The README's table and the sample environment file are made from this one; a test compares them.
enum SettingTable {
    static let all =
        storage + serving + nginx + languageModels + embedding + remoteEmbedding + reranking + conversion + links
        + behaviour

    private static let storage = [
        SettingDeclaration(
            "STORAGE_DIR", .path, default: "/var/lib/carrel", "Folder of the database; one server at a time uses it."),
        SettingDeclaration(
            "CARREL_MODEL_DIR", .path, default: "/usr/share/carrel/model",
            "Folder of the native embedder's `model.safetensors` and `vocab.txt`; `carrel model fetch` fills it."),
        SettingDeclaration(
            "CARREL_TOKENIZER_DIR", .path, default: "/usr/share/carrel/tokenizers",
            "Folder of tokenizer rank files, `cl100k_base.tiktoken` and `o200k_base.tiktoken`, and of the price list `prices.json`; without the first, tokens are estimated, without the last, costs are not told."
        ),
        SettingDeclaration(
            "CARREL_INDEX_MEMORY_MB", .integer(1...16_777_216),
            "Megabytes that the vector indexes of all workspaces may take; those used longest ago leave first. Unset: half of the machine's memory."
        ),
    ]

    private static let serving = [
        SettingDeclaration(
            "CARREL_LISTEN", .listenAddress, default: "unix:/run/carrel/carrel.sock",
            "Where nginx finds the server. A socket passed by systemd takes precedence. With `tcp`, every user of the machine can come in past nginx, with every right."
        ),
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
            "CARREL_STREAM_HEARTBEAT_SECONDS", .integer(0...3600), default: "0",
            "Seconds of silence after which a streamed answer gets a comment line; 0 for none, as the contract has it."),
        SettingDeclaration(
            "CARREL_JOB_WORKERS", .integer(1...64), default: "2",
            "Documents that embedding jobs work on at once. Chats and searches go before them in engine `native`."),
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

    private static let languageModels = ProviderTable.settings.map { setting in
        let rule: SettingRule =
            switch setting.kind {
            case .text: .text
            case .url: .url
            case .integer(let range): .integer(range)
            }
        return SettingDeclaration(setting.name, rule, secret: setting.isSecret, setting.purpose)
    }

    private static let embedding = [
        SettingDeclaration(
            "EMBEDDING_ENGINE", .choice(["native"] + EmbedderTable.ids), default: "native",
            "What turns text into vectors."),
        SettingDeclaration(
            "EMBEDDING_PRECISION", .choice(["fp32", "int16", "int8"]), default: "int16",
            "Numbers that engine `native` computes with: `int16` gives the vectors of `fp32` (cosine above 0.99999; changing between the two embeds nothing anew) faster and in half the memory; `int8` is faster still, and its vectors have a cosine above 0.99 to those."
        ),
    ]

    /// Keys that language models have too are declared with those.
    private static let remoteEmbedding = EmbedderTable.settings.filter { setting in
        !ProviderTable.settings.contains { $0.name == setting.name }
    }.map { setting in
        let rule: SettingRule =
            switch setting.kind {
            case .text: .text
            case .url: .url
            case .integer(let range): .integer(range)
            }
        return SettingDeclaration(setting.name, rule, secret: setting.isSecret, setting.purpose)
    }

    private static let links = [
        SettingDeclaration(
            "COLLECTOR_ALLOW_ANY_IP", .text,
            "`true`: links may lead into the server's own network, its own machine and cloud metadata included."),
        SettingDeclaration(
            "WHISPER_PROVIDER", .text,
            "What transcribes recordings: `openai` (with `OPEN_AI_KEY`) or `generic-openai`; unset: nothing does."),
        SettingDeclaration(
            "WHISPER_GENERIC_OPEN_AI_BASE_URL", .url, "Base URL for transcriber `generic-openai`, up to `/v1`."),
        SettingDeclaration(
            "WHISPER_GENERIC_OPEN_AI_API_KEY", .text, secret: true, "API key for transcriber `generic-openai`."),
        SettingDeclaration(
            "WHISPER_GENERIC_OPEN_AI_MODEL", .text, "Model of transcriber `generic-openai`; unset: whisper-small."),
    ]

    /// What puts passages in order in workspaces and searches of mode `rerank`.
    private static let reranking = [
        SettingDeclaration(
            "RERANK_BASE_PATH", .url,
            "Base URL of a reranker of Cohere's and Jina's form, up to `/rerank`. Unset: the model of `CARREL_RERANK_MODEL_DIR`."
        ),
        SettingDeclaration("RERANK_API_KEY", .text, secret: true, "API key for it."),
        SettingDeclaration("RERANK_MODEL_PREF", .text, "Model of it."),
        SettingDeclaration(
            "CARREL_RERANK_MODEL_DIR", .path,
            "Folder of a BERT cross-encoder, `config.json`, `model.safetensors` and `vocab.txt`, run in `fp32`, or in `int8` when `EMBEDDING_PRECISION` is that. Unset: words and similarities are compared."
        ),
        SettingDeclaration(
            "RERANK_TIMEOUT_MS", .integer(1...600_000), default: "5000",
            "Milliseconds that either may take; then results stand in the order of mode `normal`."),
    ]

    private static let conversion = [
        SettingDeclaration(
            "TARGET_OCR_LANG", .text, default: "eng",
            "Languages of scans and pictures, as Tesseract names them, separated by commas; each needs its Debian package, such as `tesseract-ocr-deu`."
        ),
        SettingDeclaration(
            "CARREL_DETECT_ENCODING", .choice(["on", "off"]), default: "on",
            "Whether text files that are in another encoding than UTF-8 throughout are read in that one; `off` reads every file as UTF-8, as AnythingLLM does."
        ),
        SettingDeclaration(
            "CARREL_CONVERSIONS", .integer(1...256), default: "2", "Files that are converted at once; others wait."),
        SettingDeclaration(
            "CARREL_CONVERSION_SECONDS", .integer(1...86_400), default: "120",
            "Longest time in seconds for the conversion of a file, without waiting and character recognition."),
        SettingDeclaration(
            "CARREL_OCR_SECONDS", .integer(1...86_400), default: "300",
            "Longest time in seconds for character recognition; scans keep the pages done by then."),
        SettingDeclaration(
            "CARREL_CONVERSION_MEMORY_MB", .integer(64...1_048_576), default: "1024",
            "Most memory of one converter program in MB."),
        SettingDeclaration(
            "CARREL_CONVERSION_OUTPUT_MB", .integer(1...16_384), default: "128",
            "Most that a file may unpack to, and the longest text in MB; it is held in the server's memory meanwhile."),
        SettingDeclaration(
            "CARREL_CONVERSION_PAGES", .integer(1...10_000_000), default: "10000", "Most pages of a PDF."),
    ]

    private static let behaviour = [
        SettingDeclaration(
            "CARREL_AGENT_ROUNDS", .integer(0...100), default: "8",
            "Rounds of tool calls that an agent is granted for one message."),
        SettingDeclaration(
            "CARREL_AGENT_SECONDS", .integer(1...3600), default: "300",
            "Seconds after which an agent calls no more tools and its answer is no longer waited for."),
        SettingDeclaration(
            "CARREL_AGENT_PAGES", .choice(["true", "false"]), default: "false",
            "`true`: agents may read public web pages. A document or a page that an agent reads may talk it into visiting another."
        ),
        SettingDeclaration(
            "WORKSPACE_DELETION_PROTECTION", .text, "Set to anything, even nothing: workspaces cannot be deleted."),
    ]
}
