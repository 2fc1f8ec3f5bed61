import LanguageModels
import OrderedJSON
import Storage
import TokenCounting
import VectorIndexing

/// The steps of a chat that sync and stream share, from the reset to the finished prompt (contract/chat.md 0).
struct PrepareChat: Sendable {
    enum Outcome: Sendable {
        case reset
        case refusal(text: String, early: Bool, images: [Attachment])
        case ready(PreparedChat)
        case agent(AgentChat)
    }

    let dependencies: Dependencies

    /// - Throws: ``LanguageModelError`` when the provider is not configured, ``EmbeddingError``, ``StorageError``.
    func callAsFunction(_ input: ChatInput) async throws -> Outcome {
        if input.reset {
            try dependencies.database.write { try $0.hideChats(input.scope) }
            if input.message.isEmpty { return .reset }
        }
        if let agent = try await PrepareAgent(dependencies: dependencies)(input) { return .agent(agent) }
        let workspace = input.workspace
        let model = try await dependencies.models.preparedModel(
            provider: workspace.chatProvider, model: workspace.chatModel)
        let attached = await AttachedDocuments(input.attachments, dependencies: dependencies)
        let vectorCount = try dependencies.indexes.index(workspaceId: workspace.id).count
        if input.mode == .query, vectorCount == 0 {
            return .refusal(text: workspace.effectiveRefusal, early: true, images: attached.images)
        }

        let (history, pinned) = try Conversation.read(input, budget: model.contextWindow, dependencies)
        var context = ChatContext()
        pinned.forEach { context.add($0) }
        attached.documents.forEach { context.add($0) }
        if vectorCount > 0 {
            let found = try await FindPassages(dependencies: dependencies)(
                SearchRequest(query: input.question).completed(by: workspace), in: [workspace.id],
                excluding: Set(pinned.compactMap(\.identity)))
            context.add(found.hits)
        }
        context.backfill(from: history, upTo: workspace.effectiveTopN, pinned: Set(pinned.compactMap(\.identity)))
        if input.mode == .query, context.isEmpty {
            return .refusal(text: workspace.effectiveRefusal, early: false, images: attached.images)
        }
        return .ready(prepared(input, model: model, history: history, context: context, images: attached.images))
    }

    /// The workspace's system prompt with its variables expanded.
    static func systemPrompt(_ workspace: Workspace, _ dependencies: Dependencies) -> String {
        PromptVariables(
            workspace: workspace, now: dependencies.source.now(), timeZone: dependencies.source.timeZone,
            own: { key in
                // A prompt is better unexpanded than not sent (contract/system-prompt.md 3.4).
                let variables = try? Phrases(.variables, dependencies.database).all()
                return variables?.first { $0.name == key }?.text
            }
        ).expand(workspace.systemPrompt ?? SystemPrompt.builtIn)
    }

    private func prepared(
        _ input: ChatInput, model: any ChatModel, history: [EarlierExchange], context: ChatContext,
        images: [Attachment]
    ) -> PreparedChat {
        let prompt = ChatPrompt(
            system: Self.systemPrompt(input.workspace, dependencies),
            context: ContextBlock.render(context.texts), history: history, question: input.question, images: images)
        let messages = PromptCompressor(
            tokens: dependencies.modelTokens.counter(forModel: model.name), window: model.contextWindow,
            rule: model.promptCompression
        ).messages(for: prompt)
        let request = ChatRequest(
            messages: messages, temperature: input.workspace.temperature ?? model.defaultTemperature,
            question: input.question, passages: context.passages)
        return PreparedChat(input: input, model: model, request: request, sources: context.sources, images: images)
    }
}
