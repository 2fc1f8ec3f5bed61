import Crypto
import Documents
import OrderedJSON
import Storage

/// By what documents are known again: their text, and where they came from.
struct DocumentFingerprint: Sendable, Equatable {
    /// SHA-256 of the text alone.
    let textHash: [UInt8]
    /// A line of the address and one of the title.
    let source: String

    init(metadata: JSONObject, text: String) {
        textHash = Self.hash(text)
        source = Self.address(metadata) + "\n" + (metadata["title"]?.stringValue ?? "")
    }

    /// Of a page the link, because its `url` lacks the query. Of a sheet none: its `url` names the folder of the upload,
    /// which is another one each time, and its title has the file's name.
    private static func address(_ metadata: JSONObject) -> String {
        if let link = metadata["chunkSource"]?.stringValue, link.hasPrefix("link://") { return link }
        let url = metadata["url"]?.stringValue ?? ""
        return url.hasPrefix("file:///documents/") ? "" : url
    }

    /// Over the text's own bytes where they lie together, which they nearly always do.
    private static func hash(_ text: String) -> [UInt8] {
        var hash = SHA256()
        var text = text
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        return Array(hash.finalize())
    }
}

extension LibraryDocumentRecord {
    /// The row of a document that is to be stored at `now`.
    init(_ record: DocumentRecord, createdAt now: Int64) {
        self.init(
            folder: record.folder, fileName: record.fileName, metadata: JSONValue.object(record.metadata).text,
            contentHash: StoreDocuments.hash(record), createdAt: now)
        let fingerprint = DocumentFingerprint(metadata: record.metadata, text: record.pageContent)
        textHash = fingerprint.textHash
        source = fingerprint.source
        attributes = JSONValue.object(record.attributes).text
    }
}
