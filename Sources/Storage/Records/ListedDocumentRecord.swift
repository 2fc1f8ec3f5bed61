public import GRDB

/// A document of the library as listings need it.
public struct ListedDocumentRecord: Sendable, Equatable {
    public var folder: String
    public var fileName: String
    /// JSON text of the document's keys without its content.
    public var metadata: String
    /// Whether an embedding of it is stored.
    public var isEmbedded: Bool

    public var docpath: String { folder + "/" + fileName }
}

extension ListedDocumentRecord: FetchableRecord {
    public init(row: Row) {
        folder = row[0]
        fileName = row[1]
        metadata = row[2]
        isEmbedded = row[3]
    }
}
