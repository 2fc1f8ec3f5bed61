import LanguageModels

extension TokenUsage {
    /// What the provider reported of a streamed answer, with what stands for the counts that it left out
    /// (contract/chat.md 13.5).
    ///
    /// - Parameters:
    ///   - reported: nil when there was nothing.
    ///   - pieces: of text that were streamed, without reasoning.
    ///   - prompt: the own count of the prompt in tokens, made only where it is wanted.
    static func completing(
        _ reported: TokenUsage?, of model: any ChatModel, pieces: Int, prompt: () -> Int
    ) -> TokenUsage {
        var usage = reported ?? TokenUsage()
        if usage.promptTokens == nil { usage.promptTokens = model.uncountedTokens == .estimated ? prompt() : 0 }
        if usage.completionTokens == nil { usage.completionTokens = model.uncountedTokens == .zero ? 0 : pieces }
        return usage
    }
}
