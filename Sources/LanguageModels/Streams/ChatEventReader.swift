/// The state machine of one wire form: frames of the provider's stream in, events of the answer out.
protocol ChatEventReader: Sendable {
    associatedtype Frame: Sendable

    /// The finish marker was seen; from then on a broken stream is no error.
    var isFinished: Bool { get }
    /// Nothing of interest can follow.
    var isDone: Bool { get }
    /// The calls of tools that the model has asked for; complete once the answer is finished.
    var toolCalls: [ToolCall] { get }
    /// - Throws: what the provider reports as an error, or `malformedAnswer`.
    mutating func read(_ frame: Frame) throws(LanguageModelError) -> [ChatStreamEvent]
    /// The body has ended.
    mutating func end() -> [ChatStreamEvent]
}
