import Storage

/// A validated chat request (contract/chat.md 1 and 3).
public struct ChatInput: Sendable {
    public var workspace: Workspace
    public var thread: ChatThread?
    public var sessionId: String?
    /// Empty only for a reset without a message.
    public var message: String
    public var mode: ChatMode
    /// Images and document attachments as the request has them; what is no object with a text content is left out.
    public var attachments: [Attachment]
    public var reset: Bool
    /// Keeps the answer for a repetition of the request.
    public var keeping: ChatKeeping?

    public init(
        workspace: Workspace, thread: ChatThread? = nil, sessionId: String? = nil, message: String,
        mode: ChatMode = .standard, attachments: [Attachment] = [], reset: Bool = false
    ) {
        self.workspace = workspace
        self.thread = thread
        self.sessionId = sessionId
        self.message = message
        self.mode = mode
        self.attachments = attachments
        self.reset = reset
    }

    var scope: ChatScope {
        ChatScope(workspaceId: workspace.id, threadId: thread?.id, apiSessionId: thread == nil ? sessionId : nil)
    }

    /// The same with the slash presets of the message expanded; that is what is stored.
    func expandingPresets(_ dependencies: Dependencies) throws -> ChatInput {
        var input = self
        input.message = try SlashPreset.expandAll(message, dependencies)
        return input
    }

    /// What the model sees of the message: the whole of it, less a leading `@agent` (contract/chat.md 6.4).
    var question: String {
        guard message.hasPrefix("@agent") else { return message }
        let rest = message.dropFirst("@agent".count).drop { $0.isWhitespace }
        return rest.isEmpty ? "Hello!" : String(rest)
    }
}
