public import GRDB

/// A row of `workspaces`. Dates are milliseconds since 1970, UTC.
public struct WorkspaceRecord: Sendable, Equatable {
    public var id: Int64?
    public var name: String
    public var slug: String
    public var vectorTag: String?
    public var createdAt: Int64
    public var openAiTemp: Double?
    public var openAiHistory: Int
    public var lastUpdatedAt: Int64
    public var openAiPrompt: String?
    public var similarityThreshold: Double?
    public var chatProvider: String?
    public var chatModel: String?
    public var topN: Int?
    public var chatMode: String?
    public var pfpFilename: String?
    public var agentProvider: String?
    public var agentModel: String?
    public var queryRefusalResponse: String?
    public var vectorSearchMode: String?
    public var routerId: Int?

    /// A row with the schema's defaults.
    public init(name: String, slug: String, createdAt: Int64) {
        self.name = name
        self.slug = slug
        self.createdAt = createdAt
        lastUpdatedAt = createdAt
        openAiHistory = 20
        similarityThreshold = 0.25
        topN = 4
    }

    /// The columns in the order in which ``init(row:)`` reads them.
    static let columns = """
        id, name, slug, vectorTag, createdAt, openAiTemp, openAiHistory, lastUpdatedAt, openAiPrompt, \
        similarityThreshold, chatProvider, chatModel, topN, chatMode, pfpFilename, agentProvider, agentModel, \
        queryRefusalResponse, vectorSearchMode, routerId
        """
}

extension WorkspaceRecord: FetchableRecord, MutablePersistableRecord {
    public static let databaseTableName = "workspaces"

    /// Reads by position: three times as fast as by name, and lists of workspaces are read often.
    public init(row: Row) {
        id = row[0]
        name = row[1]
        slug = row[2]
        vectorTag = row[3]
        createdAt = row[4]
        openAiTemp = row[5]
        openAiHistory = row[6]
        lastUpdatedAt = row[7]
        openAiPrompt = row[8]
        similarityThreshold = row[9]
        chatProvider = row[10]
        chatModel = row[11]
        topN = row[12]
        chatMode = row[13]
        pfpFilename = row[14]
        agentProvider = row[15]
        agentModel = row[16]
        queryRefusalResponse = row[17]
        vectorSearchMode = row[18]
        routerId = row[19]
    }

    public func encode(to container: inout PersistenceContainer) {
        container["id"] = id
        container["name"] = name
        container["slug"] = slug
        container["vectorTag"] = vectorTag
        container["createdAt"] = createdAt
        container["openAiTemp"] = openAiTemp
        container["openAiHistory"] = openAiHistory
        container["lastUpdatedAt"] = lastUpdatedAt
        container["openAiPrompt"] = openAiPrompt
        container["similarityThreshold"] = similarityThreshold
        container["chatProvider"] = chatProvider
        container["chatModel"] = chatModel
        container["topN"] = topN
        container["chatMode"] = chatMode
        container["pfpFilename"] = pfpFilename
        container["agentProvider"] = agentProvider
        container["agentModel"] = agentModel
        container["queryRefusalResponse"] = queryRefusalResponse
        container["vectorSearchMode"] = vectorSearchMode
        container["routerId"] = routerId
    }

    public mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}
