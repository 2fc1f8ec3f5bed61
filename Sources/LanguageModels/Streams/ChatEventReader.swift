/// The state machine of one wire form: events of the provider's stream in, events of the answer out.
protocol ChatEventReader: Sendable {
    /// The finish marker was seen; from then on a broken stream is no error.
    var isFinished: Bool { get }
    /// Nothing of interest can follow.
    var isDone: Bool { get }
    /// - Throws: what the provider reports as an error, or `malformedAnswer`.
    mutating func read(_ event: ServerSentEvent) throws(LanguageModelError) -> [ChatStreamEvent]
    /// The body has ended.
    mutating func end() -> [ChatStreamEvent]
}
