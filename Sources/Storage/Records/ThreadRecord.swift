public import GRDB

/// A row of `threads`.
public struct ThreadRecord: Sendable, Equatable {
    public var id: Int64?
    public var name: String
    public var slug: String
    public var workspaceId: Int64
    public var userId: Int64?
    public var createdAt: Int64
    public var lastUpdatedAt: Int64

    public init(name: String, slug: String, workspaceId: Int64, userId: Int64?, createdAt: Int64) {
        self.name = name
        self.slug = slug
        self.workspaceId = workspaceId
        self.userId = userId
        self.createdAt = createdAt
        lastUpdatedAt = createdAt
    }

    static let columns = "id, name, slug, workspaceId, userId, createdAt, lastUpdatedAt"
}

extension ThreadRecord: FetchableRecord, MutablePersistableRecord {
    public static let databaseTableName = "threads"

    public init(row: Row) {
        id = row[0]
        name = row[1]
        slug = row[2]
        workspaceId = row[3]
        userId = row[4]
        createdAt = row[5]
        lastUpdatedAt = row[6]
    }

    public func encode(to container: inout PersistenceContainer) {
        container["id"] = id
        container["name"] = name
        container["slug"] = slug
        container["workspaceId"] = workspaceId
        container["userId"] = userId
        container["createdAt"] = createdAt
        container["lastUpdatedAt"] = lastUpdatedAt
    }

    public mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}
