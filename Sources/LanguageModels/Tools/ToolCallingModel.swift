/// A model that can ask for tools natively.
public protocol ToolCallingModel: ChatModel {
    /// Throws when the provider refuses before the first byte of the answer; later failures are thrown by the
    /// iterator of ``ToolTurn/events``.
    func stream(_ request: ToolRequest) async throws(LanguageModelError) -> ToolTurn

    /// The same model, whose calls are all over by then: one that is not throws `timedOut`.
    func until(_ deadline: ContinuousClock.Instant) -> any ToolCallingModel
}
