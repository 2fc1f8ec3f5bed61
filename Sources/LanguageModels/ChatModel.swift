/// A model that answers prompts: one provider with one model name and its settings as they are now.
///
/// A value is built for one call (``LanguageModelCatalog/model(provider:model:)``), so changed settings act at once.
public protocol ChatModel: Sendable {
    /// `model` of the metrics.
    var name: String { get }
    /// `provider` of the metrics, e.g. `GenericOpenAiLLM` (contract/providers.md 3.2).
    var providerName: String { get }
    /// Prompt and answer together, in tokens.
    var contextWindow: Int { get }
    var defaultTemperature: Double { get }
    var canStream: Bool { get }
    /// Order of keys in the metrics of a synchronous answer (contract/chat.md 13.5): `duration` before `outputTps`.
    var reportsDurationBeforeRate: Bool { get }
    /// What stands in the metrics for what the provider did not count.
    var uncountedTokens: UncountedTokens { get }
    /// How a prompt that is too long for the window is made to fit.
    var promptCompression: PromptCompression { get }
    /// A stream that breaks off is told of by the last chunk of the answer instead of an event of its own
    /// (contract/chat.md 15.3).
    var reportsBreaksInLastChunk: Bool { get }

    func complete(_ request: ChatRequest) async throws(LanguageModelError) -> ChatCompletion

    /// Throws when the provider refuses before the first byte of the answer; later failures are thrown by the
    /// sequence's iterator.
    func stream(_ request: ChatRequest) async throws(LanguageModelError) -> ChatStream
}

extension ChatModel {
    public var defaultTemperature: Double { 0.7 }
    public var canStream: Bool { true }
    public var reportsDurationBeforeRate: Bool { false }
    public var uncountedTokens: UncountedTokens { .pieces }
    public var promptCompression: PromptCompression { .systemAndContext }
    public var reportsBreaksInLastChunk: Bool { false }
}
