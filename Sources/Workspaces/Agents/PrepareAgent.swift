import LanguageModels
import OrderedJSON
import TokenCounting

/// Decides whether a message goes to an agent, and gets everything ready for it (contract/chat.md 6.1).
struct PrepareAgent: Sendable {
    let dependencies: Dependencies

    /// - Returns: nil when the message is answered as plain chat, as are all messages to a model that
    ///   cannot call tools (6.4).
    /// - Throws: ``LanguageModelError`` when the provider is not configured, ``StorageError``.
    func callAsFunction(_ input: ChatInput) async throws -> AgentChat? {
        guard input.mode == .automatic || input.message.hasPrefix("@agent") else { return nil }
        let (provider, name) = Self.selection(input.workspace)
        guard let model = try await dependencies.models.toolCallingModel(provider: provider, model: name) else {
            return nil
        }
        let (history, pinned) = try Conversation.read(input, budget: model.contextWindow, dependencies)
        let context = await context(input, pinned)
        let limits = AgentLimits(dependencies.settings, window: model.contextWindow)
        let request = request(input, model, context.block, history)
        let deadline = ContinuousClock.now + limits.time
        let timedModel = model.until(deadline)
        return AgentChat(
            input: input, model: timedModel, request: request,
            tools: tools(input.workspace, timedModel, limits, deadline), limits: limits, deadline: deadline,
            sources: context.sources)
    }

    /// The agent's provider, else the workspace's; its model unless the agent has one, or another provider.
    private static func selection(_ workspace: Workspace) -> (provider: String?, model: String?) {
        func given(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
        let provider = given(workspace.agentProvider)
        let isOwn = provider == nil || provider == workspace.chatProvider
        let model = given(workspace.agentModel) ?? (isOwn ? given(workspace.chatModel) : nil)
        return (provider ?? given(workspace.chatProvider), model)
    }

    /// Pinned and attached documents are given whole; everything else is what the tools are for.
    private func context(
        _ input: ChatInput, _ pinned: [WholeDocument]
    ) async -> (block: String, sources: [JSONValue]) {
        var context = ChatContext()
        pinned.forEach { context.add($0) }
        let attached = await AttachedDocuments(input.attachments, dependencies: dependencies)
        attached.documents.forEach { context.add($0) }
        return (ContextBlock.render(context.texts), context.sources)
    }

    private func request(
        _ input: ChatInput, _ model: any ChatModel, _ context: String, _ history: [EarlierExchange]
    ) -> ChatRequest {
        let prompt = ChatPrompt(
            system: PrepareChat.systemPrompt(input.workspace, dependencies), context: context, history: history,
            question: input.question, images: input.attachments.filter { !$0.isDocument })
        let messages = PromptCompressor(
            tokens: dependencies.modelTokens.counter(forModel: model.name), window: model.contextWindow,
            rule: model.promptCompression
        ).messages(for: prompt)
        return ChatRequest(messages: messages, temperature: model.defaultTemperature, question: input.question)
    }

    private var pages: (any PageFetching)? {
        dependencies.pages ?? (dependencies.settings.agentsReadPages ? LinkedPages() : nil)
    }

    private func tools(
        _ workspace: Workspace, _ model: any ChatModel, _ limits: AgentLimits, _ deadline: ContinuousClock.Instant
    ) -> [any AgentTool] {
        let shelf = WorkspaceShelf(workspaceId: workspace.id, database: dependencies.database)
        let tools: [any AgentTool] = [
            SearchWorkspaceTool(workspace: workspace, dependencies: dependencies), ListDocumentsTool(shelf: shelf),
            // A token is three characters or more in most texts.
            ReadDocumentTool(shelf: shelf, partLength: limits.resultTokens * 3),
            SummarizeDocumentTool(
                shelf: shelf, model: model, partLength: limits.totalTokens * 3, deadline: deadline),
        ]
        return tools + (pages.map { [FetchPageTool(pages: $0)] } ?? [])
    }
}
