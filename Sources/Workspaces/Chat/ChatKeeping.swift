import Storage

/// How the answer to a chat becomes one that can be given again, in the transaction that stores the exchange.
public struct ChatKeeping: Sendable {
    /// What the client is told at last.
    public enum Outcome: Sendable {
        case reply(ChatReply)
        /// The event that ends a stream.
        case event(ChatEvent)
    }

    private let repetition: Repetition
    private let answer: @Sendable (Outcome) -> KeptAnswer?

    /// - Parameter answer: the whole answer, which ends with the outcome; nil to keep none.
    public init(_ repetition: Repetition, answer: @escaping @Sendable (Outcome) -> KeptAnswer?) {
        self.repetition = repetition
        self.answer = answer
    }

    /// The answer is none that should be given again, although it looks like one.
    func discard() { repetition.discard() }

    /// - Parameter chatId: of the exchange with which the answer is deleted.
    func callAsFunction(_ outcome: Outcome, chatId: Int64?, _ transaction: Transaction) throws {
        guard let answer = answer(outcome) else { return }
        try repetition.keep(answer, chatId: chatId, transaction)
    }
}
