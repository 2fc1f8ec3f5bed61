import Storage

/// A document of the library as a workspace holds it (contract/workspaces.md 6).
public struct WorkspaceDocument: Sendable, Equatable {
    public var id: Int64
    public var docId: String
    public var filename: String
    public var docpath: String
    public var workspaceId: Int64
    /// JSON text of the document's keys without its content.
    public var metadata: String
    public var pinned: Bool
    public var watched: Bool
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64
    public var lastUpdatedAt: Int64
}

extension WorkspaceDocument {
    init(_ record: WorkspaceDocumentRecord) {
        id = record.id ?? 0
        docId = record.docId
        filename = record.filename
        docpath = record.docpath
        workspaceId = record.workspaceId
        metadata = record.metadata
        pinned = record.pinned
        watched = record.watched
        createdAt = record.createdAt
        lastUpdatedAt = record.lastUpdatedAt
    }
}
