/// A row of `workspace_documents`: a document that a workspace holds (contract/storage.md 4.4).
public struct ForeignLink: Sendable, Equatable {
    public var id: Int64
    /// UUID of this link.
    public var docId: String
    /// As the caller once gave it: hashed as it is, but never opened as it is.
    public var docpath: String
    public var workspaceId: Int64
    /// JSON text of the document's keys when it was embedded.
    public var metadata: String?
    public var pinned: Bool
    public var watched: Bool
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64?
    public var lastUpdatedAt: Int64?
}

extension ForeignLink {
    /// Nil without an id, a workspace or a docpath.
    init?(_ row: ForeignRow) {
        guard let id = row.integer("id"), let workspaceId = row.integer("workspaceId"),
            let docpath = row.text("docpath")
        else { return nil }
        self.id = id
        self.workspaceId = workspaceId
        self.docpath = docpath
        docId = row.text("docId") ?? ""
        metadata = row.text("metadata")
        pinned = row.flag("pinned") ?? false
        watched = row.flag("watched") ?? false
        createdAt = row.date("createdAt")
        lastUpdatedAt = row.date("lastUpdatedAt")
    }
}
