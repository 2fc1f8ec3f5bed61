import LanguageModels
import OrderedJSON

/// What a tool has found.
struct AgentFinding: Sendable, Equatable {
    /// For the model.
    var text: String
    /// For the client, in the form in which chats show sources.
    var sources: [JSONValue] = []
    /// Of calls of the model that the tool made itself.
    var usage: [TokenUsage] = []
    /// Time of these calls.
    var seconds = 0.0
}
