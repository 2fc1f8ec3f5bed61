import OrderedJSON
import Workspaces

extension JSONWriter {
    /// The documents of a workspace as full rows (contract/workspaces.md 6).
    mutating func workspaceDocuments(_ documents: [WorkspaceDocument]) {
        key("documents")
        beginArray()
        for document in documents {
            beginObject()
            member("id", Int(document.id))
            member("docId", document.docId)
            member("filename", document.filename)
            member("docpath", document.docpath)
            member("workspaceId", Int(document.workspaceId))
            member("metadata", document.metadata)
            member("pinned", document.pinned)
            member("watched", document.watched)
            member("createdAt", ISODate.text(document.createdAt))
            member("lastUpdatedAt", ISODate.text(document.lastUpdatedAt))
            endObject()
        }
        endArray()
    }
}
