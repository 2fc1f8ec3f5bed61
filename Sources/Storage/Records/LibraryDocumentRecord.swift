import Foundation
public import GRDB

/// A row of `documents`: a document of the library, without its text.
public struct LibraryDocumentRecord: Sendable, Equatable {
    public var id: Int64?
    public var folder: String
    public var fileName: String
    /// JSON text of the document's keys without its content, in the order in which they are shown.
    public var metadata: String
    /// SHA-256 of the text and of what else is embedded with it.
    public var contentHash: [UInt8]
    public var createdAt: Int64
    /// JSON text of the metadata as the client gave it, for filters of searches.
    public var attributes = "{}"
    /// When the content was last replaced.
    public var updatedAt: Int64
    /// SHA-256 of the text alone; nil when it has not been made.
    public var textHash: [UInt8]?
    /// Where the content came from: a line of the address and one of the title; nil when that has not been noted.
    public var source: String?

    public init(folder: String, fileName: String, metadata: String, contentHash: [UInt8], createdAt: Int64) {
        self.folder = folder
        self.fileName = fileName
        self.metadata = metadata
        self.contentHash = contentHash
        self.createdAt = createdAt
        updatedAt = createdAt
    }

    /// The document's address, `folder/fileName`.
    public var docpath: String { folder + "/" + fileName }

    static let columns =
        "id, folder, fileName, metadata, contentHash, createdAt, attributes, updatedAt, textHash, source"
}

extension LibraryDocumentRecord: FetchableRecord, MutablePersistableRecord {
    public static let databaseTableName = "documents"

    public init(row: Row) {
        id = row[0]
        folder = row[1]
        fileName = row[2]
        metadata = row[3]
        contentHash = Array(row[4] as Data)
        createdAt = row[5]
        attributes = row[6]
        updatedAt = row[7]
        let textHash: Data? = row[8]
        self.textHash = textHash.map { Array($0) }
        source = row[9]
    }

    public func encode(to container: inout PersistenceContainer) {
        container["id"] = id
        container["folder"] = folder
        container["fileName"] = fileName
        container["metadata"] = metadata
        container["contentHash"] = contentHash.databaseBlob
        container["createdAt"] = createdAt
        container["attributes"] = attributes
        container["updatedAt"] = updatedAt
        container["textHash"] = textHash?.databaseBlob
        container["source"] = source
    }

    public mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}
