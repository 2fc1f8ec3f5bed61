import OrderedJSON

/// How a provider is asked which models it has and how large their windows are.
struct ModelListing: Sendable {
    enum Question: Sendable {
        /// One list of all models, below the provider's base address.
        case list(String, read: @Sendable (JSONValue) -> [ListedModel])
        /// The same below scheme, host and port of the base address.
        case listAtOrigin(String, read: @Sendable (JSONValue) -> [ListedModel])
        /// Ollama is asked for one model at a time.
        case ollama
        /// One model, by its name behind a path below scheme, host and port of the base address.
        case modelAtOrigin(String, read: @Sendable (JSONValue, String) -> ListedModel)
    }

    private static let day = 86_400.0
    private static let minute = 60.0

    let question: Question
    /// How long an answer is believed, in seconds.
    var lifetime = day
    /// The header that takes the key in place of `Authorization`.
    var keyHeader: String?
    /// Whether it says how large windows are; without that plain chats need not ask.
    var tellsWindow = true

    /// A server of one's own, whose models change whenever its owner likes.
    static func local(_ question: Question, tellsWindow: Bool = true) -> ModelListing {
        ModelListing(question: question, lifetime: minute, tellsWindow: tellsWindow)
    }

    static func hosted(_ question: Question, keyHeader: String? = nil) -> ModelListing {
        ModelListing(question: question, keyHeader: keyHeader)
    }
}

extension ModelListing {
    /// Reads the list that OpenAI-compatible servers give: `{"data": [{"id": …}]}`, or the bare array.
    ///
    /// - Parameter window: the path of the member that has the window in tokens; nil when the list does not say.
    static func openAI(
        window: [String]? = nil, where answersChats: @escaping @Sendable (JSONValue) -> Bool = { _ in true },
        tools: @escaping @Sendable (JSONValue) -> Bool? = { _ in nil }
    ) -> @Sendable (JSONValue) -> [ListedModel] {
        { json in
            (json["data"]?.arrayValue ?? json.arrayValue ?? []).compactMap { entry in
                guard let id = entry["id"]?.stringValue else { return nil }
                let tokens = window.flatMap { path in path.reduce(entry) { $0?[$1] } }?.tokenCount
                return ListedModel(
                    id: id, window: tokens.flatMap { $0 > 0 ? $0 : nil }, answersChats: answersChats(entry),
                    callsTools: tools(entry))
            }
        }
    }

    /// Whether a list of words in an entry has the word; nil without the list.
    static func word(_ word: String, in key: String) -> @Sendable (JSONValue) -> Bool? {
        { entry in entry[key]?.arrayValue.map { $0.contains { $0.stringValue == word } } }
    }

    /// What the first of these members that is there says, by their paths in an entry; nil without any.
    static func flag(_ paths: [String]...) -> @Sendable (JSONValue) -> Bool? {
        { entry in paths.lazy.compactMap { path in path.reduce(entry) { $0?[$1] }?.boolValue }.first }
    }

    /// Anthropic, "List Models" (platform.claude.com/docs/en/api/models/list).
    static func anthropic(_ json: JSONValue) -> [ListedModel] {
        (json["data"]?.arrayValue ?? []).compactMap { entry in
            entry["id"]?.stringValue.map {
                ListedModel(
                    id: $0, window: entry["max_input_tokens"]?.tokenCount,
                    maximumOutput: entry["max_tokens"]?.tokenCount)
            }
        }
    }

    /// Google, "Models" of the Gemini API (ai.google.dev/api/models): names are `models/<id>`.
    static func gemini(_ json: JSONValue) -> [ListedModel] {
        (json["models"]?.arrayValue ?? []).compactMap { entry in
            entry["name"]?.stringValue.map { name in
                ListedModel(
                    id: name.hasPrefix("models/") ? String(name.dropFirst("models/".count)) : name,
                    window: entry["inputTokenLimit"]?.tokenCount)
            }
        }
    }

    /// APIpie names its models by provider and model; only chat kinds answer chats.
    static func apipie(_ json: JSONValue) -> [ListedModel] {
        (json["data"]?.arrayValue ?? []).compactMap { entry in
            guard let provider = entry["provider"]?.stringValue, let model = entry["model"]?.stringValue else {
                return nil
            }
            return ListedModel(
                id: "\(provider)/\(model)", window: entry["max_tokens"]?.tokenCount,
                answersChats: entry["subtype"]?.text.contains("chat") ?? false)
        }
    }

    /// Docker, "DMR REST API", `GET /models/{namespace}/{name}` (docs.docker.com/ai/model-runner/api-reference): its
    /// `config.gguf` has the metadata of the model's file. A model calls tools natively when its chat template writes
    /// them into the prompt.
    static func dockerModelRunner(_ json: JSONValue, _ model: String) -> ListedModel {
        let template = json["config"]?["gguf"]?["tokenizer.chat_template"]?.stringValue
        return ListedModel(id: model, callsTools: template?.contains("tools"))
    }

    /// Ollama, "Show model details" (docs.ollama.com/api-reference/show-model-details): the window's key begins with
    /// the architecture.
    static func ollama(_ json: JSONValue, _ model: String) -> ListedModel {
        let window = json["model_info"]?.objectValue?.members.first { $0.key.hasSuffix(".context_length") }
        return ListedModel(
            id: model, window: window?.value.tokenCount, callsTools: word("tools", in: "capabilities")(json))
    }
}
