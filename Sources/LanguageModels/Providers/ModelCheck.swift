/// Asks before a chat whether a model answers chats, where the reference does (contract/providers.md 3.2).
///
/// A provider whose list cannot be read is left to judge by itself.
struct ModelCheck: Sendable {
    let rule: ModelRule.Check
    let lookup: @Sendable () async throws(LanguageModelError) -> ModelLookup

    /// - Throws: `notConfigured` with the documented words, or `cancelled`.
    func verify(_ name: String, isStreamed: Bool) async throws(LanguageModelError) {
        if let names = rule.names {
            if names.contains(name) { return }
        } else {
            switch try await lookup() {
            case .unavailable: return
            case .listed(let model) where model.answersChats: return
            case .listed, .unlisted: break
            }
        }
        throw Self.refusal(isStreamed ? rule.streamLabel ?? rule.label : rule.label, name)
    }

    static func refusal(_ label: String, _ name: String, cause: (any Error)? = nil) -> LanguageModelError {
        LanguageModelError(.notConfigured, "\(label): \(name) is not valid for chat completion!", cause: cause)
    }
}
