public import GRDB

/// A row of `keys`: an API key, known by its hash only.
public struct KeyRecord: Sendable, Equatable {
    public var id: Int64?
    public var name: String?
    /// SHA-256 of the key, base64url without padding, as nginx's map has it.
    public var hash: String
    public var createdAt: Int64

    public init(name: String?, hash: String, createdAt: Int64) {
        self.name = name
        self.hash = hash
        self.createdAt = createdAt
    }
}

extension KeyRecord: FetchableRecord, MutablePersistableRecord {
    public static let databaseTableName = "keys"

    public init(row: Row) {
        id = row["id"]
        name = row["name"]
        hash = row["hash"]
        createdAt = row["createdAt"]
    }

    public func encode(to container: inout PersistenceContainer) {
        container["id"] = id
        container["name"] = name
        container["hash"] = hash
        container["createdAt"] = createdAt
    }

    public mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}
