import Storage

/// A workspace and its settings. Nil means that the instance's or the provider's own value is used.
public struct Workspace: Sendable, Equatable {
    public var id: Int64
    public var name: String
    public var slug: String
    public var vectorTag: String?
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64
    public var temperature: Double?
    /// Exchanges of history that the model sees.
    public var historyLength: Int
    public var lastUpdatedAt: Int64
    public var systemPrompt: String?
    public var similarityThreshold: Double?
    public var chatProvider: String?
    public var chatModel: String?
    public var topN: Int?
    public var chatMode: String?
    public var pictureFilename: String?
    public var agentProvider: String?
    public var agentModel: String?
    public var refusal: String?
    public var vectorSearchMode: String?
    public var routerId: Int?

    /// Passages wanted for an answer (contract/system-prompt.md 7).
    var effectiveTopN: Int { topN ?? 4 }
    var effectiveThreshold: Double { similarityThreshold ?? 0.25 }
    /// 0 is stored but means the default (contract/chat.md CQ-19).
    var effectiveHistoryLength: Int { historyLength == 0 ? 20 : historyLength }
    var effectiveRefusal: String {
        refusal ?? "There is no relevant information in this workspace to answer your query."
    }
}

extension Workspace {
    init(_ record: WorkspaceRecord) {
        id = record.id ?? 0
        name = record.name
        slug = record.slug
        vectorTag = record.vectorTag
        createdAt = record.createdAt
        temperature = record.openAiTemp
        historyLength = record.openAiHistory
        lastUpdatedAt = record.lastUpdatedAt
        systemPrompt = record.openAiPrompt
        similarityThreshold = record.similarityThreshold
        chatProvider = record.chatProvider
        chatModel = record.chatModel
        topN = record.topN
        chatMode = record.chatMode
        pictureFilename = record.pfpFilename
        agentProvider = record.agentProvider
        agentModel = record.agentModel
        refusal = record.queryRefusalResponse
        vectorSearchMode = record.vectorSearchMode
        routerId = record.routerId
    }
}
