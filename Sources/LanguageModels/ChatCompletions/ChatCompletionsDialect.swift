import OrderedJSON

/// Where a server's Chat Completions depart from the plain form, one field per quirk (contract/providers.md 3.2).
struct ChatCompletionsDialect: Sendable {
    enum Images: Sendable {
        case dropped
        /// `{"image_url": {"url": …, "detail": …}}`; without the detail when it is nil.
        case object(detail: String?)
        /// `{"image_url": "…"}`.
        case address
    }

    /// How the system message is sent.
    enum SystemRole: Sendable, Equatable {
        case system
        /// As a message of the user.
        case user
        /// As a message of the user that the assistant has answered with `Okay.`
        case exchange
    }

    enum OutputLimit: Sendable {
        /// `max_tokens` from a setting.
        case setting(String, standard: Int)
        /// `max_completion_tokens` as large as the window.
        case window
    }

    enum UsageInStreams: Sendable {
        case unasked
        case asked
        /// Asked for when the setting is `true`.
        case setting(String)
    }

    enum StreamingSwitch: Sendable {
        /// Off when the setting is `true`.
        case isTrue(String)
        /// Off when the setting is anything.
        case isSet(String)
    }

    /// Silence that ends an answer, in milliseconds.
    struct QuietEnd: Sendable {
        var setting: String?
        var standard: Int
        var minimum = 0
    }

    /// What a server wants to be told before each chat.
    enum Preparation: Sendable {
        /// `POST <base>/load`, unless the model is loaded with the window already.
        case lemonade
        /// `GET <origin>/openai/load/<model>`.
        case foundry
    }

    var images = Images.object(detail: nil)
    var sendsImagesOfHistory = true
    /// Only these models get images; nil means all.
    var visionModels: [String]?
    var sendsAudio = false
    var usage = UsageInStreams.unasked
    var outputLimit: OutputLimit?
    /// Streams always show the reasoning; whole answers only where this is set.
    var showsReasoningInWholeAnswers = false
    /// Beginnings of the names of models that have no system message.
    var modelsWithoutSystem: [String] = []
    /// A setting that is `reasoning` for models that take neither system message nor temperature.
    var modelTypeSetting: String?
    /// Members of every request, and of streamed ones.
    var members: JSONObject = [:]
    var streamMembers: JSONObject = [:]
    /// The reasons that end an answer; nil means any that is not empty.
    var finishReasons: [String]?
    /// `[n]` becomes a link to the n-th citation.
    var linksCitations = false
    var streamingSwitch: StreamingSwitch?
    var quietEnd: QuietEnd?
    var headers: [(name: String, value: String)] = []
    /// Further headers, as ``CustomHeaders`` reads them.
    var headerSetting: String?
    var preparation: Preparation?
    /// Models want their reasoning back beside tool calls as `reasoning_content`, a member that other servers refuse.
    var returnsReasoning = false
    /// Models repeat their tool calls as marked text, which is left out.
    var dropsToolMarkup = false
    var uncountedTokens = UncountedTokens.pieces
    /// Key order of the metrics (contract/chat.md 13.5).
    var reportsDurationBeforeRate = false
}
