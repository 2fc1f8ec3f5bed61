import LanguageModels
import OrderedJSON

/// Answers a message in one piece (contract/chat.md 14). Runs to its end although the client may have left.
public struct SendChat: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Throws: ``LanguageModelError``, ``EmbeddingError``, ``StorageError``; nothing is stored then.
    public func callAsFunction(_ input: ChatInput) async throws -> ChatReply {
        let input = try input.expandingPresets(dependencies)
        let id = dependencies.source.uuid()
        let record = RecordChat(dependencies: dependencies)
        switch try await PrepareChat(dependencies: dependencies)(input) {
        case .reset:
            try record(nil, for: input)
            return .reset(id: id)
        case .refusal(let text, _, let images):
            try record.refusal(text, images: images, for: input)
            return .refusal(id: id, text: text)
        case .ready(let chat):
            return try await complete(chat, id: id, record)
        case .agent(let chat):
            return try await run(chat, id: id)
        }
    }

    private func run(_ chat: AgentChat, id: String) async throws -> ChatReply {
        let record = RecordAgent(dependencies: dependencies)
        try record.start()
        var run = AgentRun(chat, dependencies)
        let answer = await run { _ in }
        let reply = ChatReply.agent(
            id: id, text: answer.text, thoughts: answer.thoughts, sources: answer.sources, metrics: answer.metrics)
        try record(answer, for: chat.input, telling: .reply(reply))
        if answer.isCut, answer.text.isEmpty { throw LanguageModelError(.cancelled, "Request was aborted.") }
        return reply
    }

    private func complete(_ chat: PreparedChat, id: String, _ record: RecordChat) async throws -> ChatReply {
        let start = ContinuousClock.now
        let completion = try await chat.model.complete(chat.request)
        let metrics = ChatMetrics(
            model: chat.model, duration: start.duration(to: .now).seconds,
            timestamp: ISODate.text(dependencies.source.now()), price: dependencies.models.price(of: chat.model)
        ).sync(completion.usage)
        guard let text = completion.text, !text.isEmpty else {
            try record(nil, for: chat.input)
            return .emptyCompletion(id: id, metrics: metrics)
        }
        func reply(_ chatId: Int64) -> ChatReply {
            .answer(id: id, chatId: chatId, text: text, sources: chat.sources, metrics: metrics)
        }
        return reply(try record.answer(text, metrics, of: chat) { .reply(reply($0)) })
    }
}
