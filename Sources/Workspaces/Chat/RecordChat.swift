import OrderedJSON
import Storage

/// Stores an exchange and notes that a chat took place, in one transaction: one durable write for each chat.
struct RecordChat: Sendable {
    let dependencies: Dependencies

    /// Writes the row, the event log and the counter of any chat that ended normally (contract/chat.md 4 and 12.1).
    ///
    /// - Parameters:
    ///   - answer: nil when there is nothing to store: a reset, an empty completion.
    ///   - include: false hides the row from history, as refusals are.
    ///   - outcome: what the client is told at last, by the chat's id; kept with the row for a repetition of the request.
    ///   - counting: telemetry beside that of any chat.
    /// - Returns: the chat's id, 0 without an answer.
    /// - Throws: ``ConversationGone``, ``StorageError``.
    @discardableResult
    func callAsFunction(
        _ answer: StoredAnswer?, for input: ChatInput, include: Bool = true,
        telling outcome: ((Int64) -> ChatKeeping.Outcome)? = nil,
        counting: [(event: TelemetryEvent, properties: JSONObject)] = []
    ) throws -> Int64 {
        let now = dependencies.source.now()
        return try dependencies.database.write { transaction in
            guard try transaction.workspaceExists(id: input.workspace.id),
                try input.thread.map({ try Self.exists($0, transaction) }) ?? true
            else { throw ConversationGone() }
            let id = try answer.map { try Self.insert($0, input, include, now, transaction) } ?? 0
            let events = dependencies.events(transaction)
            try note(input, events)
            for count in counting { try events.count(count.event, count.properties) }
            if let outcome, let keeping = input.keeping {
                try keeping(outcome(id), chatId: answer == nil ? nil : id, transaction)
            }
            return id
        }
    }

    /// Another thread may have taken the slug meanwhile.
    private static func exists(_ thread: ChatThread, _ transaction: Transaction) throws -> Bool {
        try transaction.thread(slug: thread.slug, workspaceId: thread.workspaceId)?.id == thread.id
    }

    func refusal(_ text: String, images: [Attachment], for input: ChatInput) throws {
        let answer = StoredAnswer(
            text: text, sources: [], attachments: images.map(\.json), type: input.mode.rawValue, metrics: [:])
        try callAsFunction(answer, for: input, include: false)
    }

    /// The answer of a model, with what it was given.
    func answer(
        _ text: String, _ metrics: JSONObject, of chat: PreparedChat, telling outcome: (Int64) -> ChatKeeping.Outcome
    ) throws -> Int64 {
        let answer = StoredAnswer(
            text: text, sources: chat.sources, attachments: chat.images.map(\.json), type: chat.input.mode.rawValue,
            metrics: metrics)
        return try withoutActuallyEscaping(outcome) { try callAsFunction(answer, for: chat.input, telling: $0) }
    }

    private static func insert(
        _ answer: StoredAnswer, _ input: ChatInput, _ include: Bool, _ now: Int64, _ transaction: Transaction
    ) throws -> Int64 {
        let scope = input.scope
        var record = ChatRecord(
            workspaceId: scope.workspaceId, prompt: input.message, response: answer.json, include: include,
            userId: scope.userId, threadId: scope.threadId, apiSessionId: scope.apiSessionId, createdAt: now)
        try transaction.insert(&record)
        return record.id ?? 0
    }

    private func note(_ input: ChatInput, _ events: Events) throws {
        var details: JSONObject = [
            "workspaceName": .string(input.workspace.name),
            "chatModel": .string(input.workspace.chatModel ?? "System Default"),
        ]
        if let thread = input.thread { details["threadName"] = .string(thread.name) }
        let properties = dependencies.telemetry.selection(
            provider: input.thread == nil ? input.workspace.chatProvider : nil, withModel: input.thread != nil)
        try events.count(.sentChat, properties)
        try events.log("api_sent_chat", details)
    }
}
