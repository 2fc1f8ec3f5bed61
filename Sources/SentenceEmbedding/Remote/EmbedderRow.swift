/// One remote embedder: how it is called and configured, which wire form it speaks, where it is special.
struct EmbedderRow: Sendable {
    /// What the texts are sent as and the vectors come back as.
    enum Form: Sendable {
        /// `POST <base>/embeddings` with `model` and `input` (OpenAI API reference, "Create embeddings").
        case openAI(encoding: String?)
        /// The same form at `<base>/openai/deployments/<model>/embeddings` (Azure OpenAI REST reference).
        case azure(version: String)
        /// `POST <base>/api/embed` (Ollama API, "Generate embeddings").
        case ollama
    }

    enum Address: Sendable {
        case fixed(String)
        /// As it is set.
        case setting(String, missing: String)
        /// Scheme, host and port of what is set, with this path instead of its own.
        case origin(String, path: String, missing: String)

        var setting: String? {
            switch self {
            case .fixed: nil
            case .setting(let name, _), .origin(let name, _, _): name
            }
        }
    }

    struct Key: Sendable {
        var setting: String
        /// What is said when the key is unset; nil when the server can do without.
        var missing: String?
        var header = "Authorization"
    }

    enum Model: Sendable {
        case standard(String)
        /// What is said when no model is set.
        case required(missing: String)
        /// JSON `null` is sent.
        case null
    }

    /// The longest chunk, in UTF-16 units.
    enum Length: Sendable {
        case fixed(Int)
        /// `EMBEDDING_MODEL_MAX_CHUNK_LENGTH` when it is a number above 1, else this.
        case setting(else: Int)
        /// Of the first prefix that the model's name has.
        case byModel([(prefix: String, length: Int)], else: Int)
    }

    enum Batch: Sendable {
        case fixed(Int)
        case setting(String, else: Int)
        case everything
    }

    let id: String
    /// Name in messages, `<label> Failed to embed: …`.
    let label: String
    var form = Form.openAI(encoding: "base64")
    var address: Address
    var key: Key?
    var model: Model
    var length: Length
    var batch: Batch
    /// Batches on their way at once.
    var concurrency = 1
    /// Whether messages name the kind of the error in brackets.
    var showsKind = true
    /// Whether `EMBEDDING_OUTPUT_DIMENSIONS` is sent.
    var sendsDimensions = false
    /// Pause between two batches in milliseconds, at least 500 when it is set.
    var delaySetting: String?
    var passagePrefixSetting: String?
    var queryPrefixSetting: String?
    /// What is said when the server is not there at all.
    var unreachable: String?
    /// What is said when the server has had enough for now, instead of its own words.
    var throttled: String?
}
