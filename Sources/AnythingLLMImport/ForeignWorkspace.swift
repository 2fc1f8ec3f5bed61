/// A row of `workspaces` (contract/storage.md 4.1); nil where the value is null, missing or of no use.
public struct ForeignWorkspace: Sendable, Equatable {
    public var id: Int64
    public var name: String
    public var slug: String
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64?
    public var lastUpdatedAt: Int64?
    public var temperature: Double?
    public var historyLength: Int64?
    public var systemPrompt: String?
    public var similarityThreshold: Double?
    public var topN: Int64?
    public var chatMode: String?
    public var chatProvider: String?
    public var chatModel: String?
    public var agentProvider: String?
    public var agentModel: String?
    public var refusal: String?
    public var vectorSearchMode: String?
}

extension ForeignWorkspace {
    /// Nil without an id.
    init?(_ row: ForeignRow) {
        guard let id = row.integer("id") else { return nil }
        self.id = id
        name = row.text("name") ?? ""
        slug = row.text("slug") ?? ""
        createdAt = row.date("createdAt")
        lastUpdatedAt = row.date("lastUpdatedAt")
        temperature = row.real("openAiTemp")
        historyLength = row.integer("openAiHistory")
        systemPrompt = row.text("openAiPrompt")
        similarityThreshold = row.real("similarityThreshold")
        topN = row.integer("topN")
        chatMode = row.text("chatMode")
        chatProvider = row.text("chatProvider")
        chatModel = row.text("chatModel")
        agentProvider = row.text("agentProvider")
        agentModel = row.text("agentModel")
        refusal = row.text("queryRefusalResponse")
        vectorSearchMode = row.text("vectorSearchMode")
    }
}
