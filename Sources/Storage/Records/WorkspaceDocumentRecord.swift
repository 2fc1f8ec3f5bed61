public import GRDB

/// A row of `workspaceDocuments`: a document of the library embedded in a workspace.
public struct WorkspaceDocumentRecord: Sendable, Equatable {
    public var id: Int64?
    public var docId: String
    public var filename: String
    public var docpath: String
    public var workspaceId: Int64
    /// JSON text of the document's keys without its content.
    public var metadata: String
    public var pinned: Bool
    public var watched: Bool
    public var createdAt: Int64
    public var lastUpdatedAt: Int64
    /// JSON text of the metadata as the client gave it, for filters of searches.
    public var attributes = "{}"

    public init(
        docId: String, filename: String, docpath: String, workspaceId: Int64, metadata: String, createdAt: Int64
    ) {
        self.docId = docId
        self.filename = filename
        self.docpath = docpath
        self.workspaceId = workspaceId
        self.metadata = metadata
        pinned = false
        watched = false
        self.createdAt = createdAt
        lastUpdatedAt = createdAt
    }

    static let columns =
        "id, docId, filename, docpath, workspaceId, metadata, pinned, watched, createdAt, lastUpdatedAt, attributes"
}

extension WorkspaceDocumentRecord: FetchableRecord, MutablePersistableRecord {
    public static let databaseTableName = "workspaceDocuments"

    public init(row: Row) {
        id = row[0]
        docId = row[1]
        filename = row[2]
        docpath = row[3]
        workspaceId = row[4]
        metadata = row[5]
        pinned = row[6]
        watched = row[7]
        createdAt = row[8]
        lastUpdatedAt = row[9]
        attributes = row[10]
    }

    public func encode(to container: inout PersistenceContainer) {
        container["id"] = id
        container["docId"] = docId
        container["filename"] = filename
        container["docpath"] = docpath
        container["workspaceId"] = workspaceId
        container["metadata"] = metadata
        container["pinned"] = pinned
        container["watched"] = watched
        container["createdAt"] = createdAt
        container["lastUpdatedAt"] = lastUpdatedAt
        container["attributes"] = attributes
    }

    public mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}
