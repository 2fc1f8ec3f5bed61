/// What an agent tells the client while it works.
enum AgentStep: Sendable, Equatable {
    case thought(String)
    /// A piece of what the model writes.
    case piece(String)
}
