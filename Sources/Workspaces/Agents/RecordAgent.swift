import OrderedJSON
import Storage

/// Stores what an agent answered and counts that it did (contract/chat.md 6.3).
struct RecordAgent: Sendable {
    let dependencies: Dependencies

    func start() throws {
        try dependencies.database.write { try dependencies.events($0).count(.agentChatStarted) }
    }

    /// An answer that was cut off before it had any text is not stored.
    ///
    /// - Parameter outcome: what the client is told at last; kept for a repetition of the request when the answer is whole.
    func callAsFunction(_ answer: AgentAnswer, for input: ChatInput, telling outcome: ChatKeeping.Outcome) throws {
        var stored: StoredAnswer?
        if !answer.text.isEmpty {
            stored = StoredAnswer(
                text: answer.text, sources: answer.sources, attachments: input.attachments.map(\.json),
                type: input.mode.rawValue, metrics: answer.metrics)
            stored?.agent = StoredAnswer.Agent(thoughts: answer.thoughts, outputs: [])
        }
        if !answer.isWhole { input.keeping?.discard() }
        let calls = answer.toolCalls.map { (TelemetryEvent.agentToolCall, ["tool": .string($0)] as JSONObject) }
        try RecordChat(dependencies: dependencies)(
            stored, for: input, telling: answer.isWhole ? { _ in outcome } : nil,
            counting: [(.agentChatSent, [:])] + calls)
    }
}
