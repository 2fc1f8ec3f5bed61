/// A call that cannot be answered, in words for the model.
struct AgentToolRefusal: Error, Sendable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
