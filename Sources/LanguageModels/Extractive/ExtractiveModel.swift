/// No model at all: answers by quoting the sentences of the context that match the question best, with their titles,
/// and says so (architecture §5). Deterministic, needs no network, streams sentence by sentence.
struct ExtractiveModel: ChatModel {
    static let modelName = "extractive"
    static let className = "ExtractiveLLM"
    /// Prompt window in tokens; nothing here depends on it, it bounds what is collected as context.
    static let window = 16_384

    var name: String { Self.modelName }
    var providerName: String { Self.className }
    var contextWindow: Int { Self.window }
    var uncountedTokens: UncountedTokens { .estimated }

    func complete(_ request: ChatRequest) async throws(LanguageModelError) -> ChatCompletion {
        ChatCompletion(text: ExtractiveAnswer.pieces(to: request).joined())
    }

    func stream(_ request: ChatRequest) async throws(LanguageModelError) -> ChatStream {
        ChatStream(events: ExtractiveAnswer.pieces(to: request).map { .text($0) } + [.finished])
    }
}
