import AnythingLLMImport
import Documents
import OrderedJSON
import Storage

/// What of one document is to be written, in one transaction.
struct ImportedDocument: Sendable {
    /// The row here when an earlier run made it.
    var existing: LibraryDocumentRecord?
    /// The docpath in the source.
    var sourcePath: String
    var metadata: JSONObject
    var text: String
    /// The workspaces that get it now.
    var links: [ForeignLink]
    /// Nil when it is to be in no workspace, or its embedding is stored already.
    var passages: [PassageRecord]?
    /// Whether ``passages`` are the source's: then they belong to the keys that its links have.
    var isReused = false

    /// Over all that is embedded, as for documents that are uploaded.
    var contentHash: [UInt8] {
        if let existing { return existing.contentHash }
        let location = DocumentPath.location(sourcePath) ?? DocumentLocation(folder: "", fileName: "")
        return StoreDocuments.hash(DocumentRecord(metadata: metadata, pageContent: text, location: location))
    }
}
