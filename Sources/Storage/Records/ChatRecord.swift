public import GRDB

/// A row of `chats`: one exchange, the prompt and the stored answer (JSON text, contract/chat.md 12.1).
public struct ChatRecord: Sendable, Equatable {
    public var id: Int64?
    public var workspaceId: Int64
    public var prompt: String
    public var response: String
    public var include: Bool
    public var userId: Int64?
    public var threadId: Int64?
    public var apiSessionId: String?
    public var createdAt: Int64
    public var lastUpdatedAt: Int64
    public var feedbackScore: Bool?

    public init(
        workspaceId: Int64, prompt: String, response: String, include: Bool, userId: Int64?, threadId: Int64?,
        apiSessionId: String?, createdAt: Int64
    ) {
        self.workspaceId = workspaceId
        self.prompt = prompt
        self.response = response
        self.include = include
        self.userId = userId
        self.threadId = threadId
        self.apiSessionId = apiSessionId
        self.createdAt = createdAt
        lastUpdatedAt = createdAt
    }

    /// The columns in the order in which ``init(row:)`` reads them.
    static let columns = """
        id, workspaceId, prompt, response, include, userId, threadId, apiSessionId, createdAt, lastUpdatedAt, \
        feedbackScore
        """
}

extension ChatRecord: FetchableRecord {
    public init(row: Row) {
        id = row[0]
        workspaceId = row[1]
        prompt = row[2]
        response = row[3]
        include = row[4]
        userId = row[5]
        threadId = row[6]
        apiSessionId = row[7]
        createdAt = row[8]
        lastUpdatedAt = row[9]
        feedbackScore = row[10]
    }

    /// In the order of ``columns``.
    var values: StatementArguments {
        [
            id, workspaceId, prompt, response, include, userId, threadId, apiSessionId, createdAt, lastUpdatedAt,
            feedbackScore,
        ]
    }
}
