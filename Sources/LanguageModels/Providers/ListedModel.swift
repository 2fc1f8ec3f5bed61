/// A model in a provider's own list.
struct ListedModel: Sendable, Equatable {
    var id: String
    /// Prompt and answer together, in tokens.
    var window: Int?
    /// Largest answer, in tokens.
    var maximumOutput: Int?
    var answersChats = true
    /// Nil when the list does not say.
    var callsTools: Bool?
}
