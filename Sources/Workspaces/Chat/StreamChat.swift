import LanguageModels
public import Logging
import OrderedJSON
import TokenCounting

/// Answers a message as a stream of events (contract/chat.md 15).
public struct StreamChat: Sendable {
    /// Takes the next event to the client; throws when there is no client any more. A server that stops cancels the
    /// task before its clients are gone, so an event is delivered in a cancelled task too.
    public typealias Emit = (ChatEvent) async throws -> Void

    static let serverStops = "The server is stopping."

    let dependencies: Dependencies
    private var logger: Logger

    public init(_ dependencies: Dependencies) {
        self.dependencies = dependencies
        logger = dependencies.logger
    }

    /// The same with the logger of a request.
    public func logging(to logger: Logger) -> StreamChat {
        var copy = self
        copy.logger = logger
        return copy
    }

    /// Sends events until the chat is over. Never throws: failures are events, and a client that left is told nothing,
    /// but keeps what was answered so far in its history.
    public func callAsFunction(_ input: ChatInput, emit: Emit) async {
        do {
            try await run(input, emit)
        } catch {
            note(error)
            // The last word to a client that may be gone already.
            try? await emit(.failed(id: dependencies.source.uuid(), message: String(describing: error)))
        }
    }

    private func run(_ input: ChatInput, _ emit: Emit) async throws {
        let input = try input.expandingPresets(dependencies)
        let id = dependencies.source.uuid()
        let record = RecordChat(dependencies: dependencies)
        switch try await PrepareChat(dependencies: dependencies)(input) {
        case .reset:
            try record(nil, for: input)
            _ = await delivers(emit, .reset(id: id))
        case .refusal(let text, let early, let images):
            // Stored although the client may have left meanwhile.
            _ = await delivers(emit, .refusal(id: id, text: text, early: early))
            try record.refusal(text, images: images, for: input)
        case .ready(let chat) where chat.model.canStream:
            try await stream(chat, id, emit)
        case .ready(let chat):
            try await oneShot(chat, id, emit)
        case .agent(let chat):
            try await run(chat, id, emit)
        }
    }

    private func stream(_ chat: PreparedChat, _ id: String, _ emit: Emit) async throws {
        let start = ContinuousClock.now
        let stream = try await chat.model.stream(chat.request)
        var answer = StreamedAnswer()
        var clientIsGone = false
        // The wait for usage behind the answer is no part of it.
        var end: ContinuousClock.Instant?
        do {
            for try await event in stream {
                if event == .finished { end = .now }
                for output in answer.take(event, uuid: id) {
                    try Task.checkCancellation()
                    try await emit(output)
                }
            }
            for output in answer.end(uuid: id) { try await emit(output) }
        } catch let error as LanguageModelError where error.code != .cancelled && !Task.isCancelled {
            note(error)
            let event: ChatEvent =
                chat.model.reportsBreaksInLastChunk
                ? .brokenLast(uuid: id, message: error.message) : .interrupted(uuid: id, message: error.message)
            clientIsGone = !(await delivers(emit, event))
        } catch {
            // Cancelled, or the event could not be delivered. A client that left hears nothing of this any more.
            clientIsGone = !(await delivers(emit, .interrupted(uuid: id, message: Self.serverStops)))
        }
        let metrics = ChatMetrics(
            model: chat.model, duration: start.duration(to: end ?? .now).seconds,
            timestamp: ISODate.text(dependencies.source.now()), price: dependencies.models.price(of: chat.model)
        ).stream(
            TokenUsage.completing(answer.usage, of: chat.model, pieces: answer.textPieces) {
                PromptSize.count(
                    chat.request.messages, dependencies.modelTokens.counter(forModel: chat.model.name))
            })
        try await finish(chat, id, answer, metrics, clientIsGone: clientIsGone, emit)
    }

    /// Stores what was answered, then says so to a client that is still there.
    private func finish(
        _ chat: PreparedChat, _ id: String, _ answer: StreamedAnswer, _ metrics: JSONObject, clientIsGone: Bool,
        _ emit: Emit
    ) async throws {
        let record = RecordChat(dependencies: dependencies)
        let final: ChatEvent
        if let text = answer.storableText {
            func end(_ chatId: Int64) -> ChatEvent {
                .final(uuid: id, chatId: chatId, metrics: metrics, sources: chat.sources)
            }
            final = end(try record.answer(text, metrics, of: chat) { .event(end($0)) })
        } else {
            try record(nil, for: chat.input)
            final = .finalEmpty(uuid: id)
        }
        if !clientIsGone { _ = await delivers(emit, final) }
    }

    /// A model that does not stream: the whole answer as one event.
    private func oneShot(_ chat: PreparedChat, _ id: String, _ emit: Emit) async throws {
        let start = ContinuousClock.now
        let completion = try await chat.model.complete(chat.request)
        let metrics = ChatMetrics(
            model: chat.model, duration: start.duration(to: .now).seconds,
            timestamp: ISODate.text(dependencies.source.now()), price: dependencies.models.price(of: chat.model)
        ).sync(completion.usage)
        let isDelivered = await delivers(
            emit, .oneShot(uuid: id, text: completion.text, sources: chat.sources, metrics: metrics))
        var answer = StreamedAnswer()
        if let text = completion.text { _ = answer.take(.text(text), uuid: id) }
        try await finish(chat, id, answer, metrics, clientIsGone: !isDelivered, emit)
    }

    /// One line for each chat that failed; a client that left is no failure.
    private func note(_ error: any Error) {
        if Task.isCancelled || error is CancellationError { return }
        logger.error("chat failed", metadata: ["error.reason": .string(LogReason.of(error))])
    }

    func delivers(_ emit: Emit, _ event: ChatEvent) async -> Bool {
        do {
            try await emit(event)
            return true
        } catch {
            return false
        }
    }
}
