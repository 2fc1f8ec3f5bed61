/// A model's next turn in a tool loop: text that streams like any answer, and the calls it asks for in the end.
public struct ToolTurn: Sendable {
    public let events: ChatStream
    private let readCalls: @Sendable () -> [ToolCall]

    init(events: ChatStream, calls: @escaping @Sendable () -> [ToolCall]) {
        self.events = events
        readCalls = calls
    }

    /// Complete once ``events`` has given ``ChatStreamEvent/finished`` or has ended; empty when the turn is the answer.
    public var calls: [ToolCall] { readCalls() }
}
