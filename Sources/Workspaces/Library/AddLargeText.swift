import Crypto
import Documents
import Foundation
import OrderedJSON
import Storage

/// Stores an uploaded text file that is too large to be held in memory: it is read twice, a megabyte at a time.
public struct AddLargeText: Sendable {
    /// Bytes that tell what kind of file it is.
    private static let headLength = 65_536

    /// What has to be known of a text before it is stored.
    private struct Measures {
        var words = 1
        /// UTF-16 code units.
        var length = 0
        var contentHash: [UInt8] = []
        var textHash: [UInt8] = []
    }

    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters: as of ``AddUpload``.
    /// - Returns: nil, with nothing done, for a file that is not taken as it is: another format or another encoding.
    /// - Throws: ``LibraryRefusal``, ``StorageError``, ``SpooledFile/Failure``.
    public func callAsFunction(
        clientName: String, file: SpooledFile, metadata: String?, folder: String?, workspaces: String?
    ) async throws -> StoredLargeText? {
        let folder = try folder.map(AddUpload.checkedFolder)
        let head = try file.bytes(count: Self.headLength)
        guard try Self.isPlainText(clientName, head) else { return nil }
        // All that does not depend on the whole text is as for a short file.
        let (name, records) = try await AddUpload(dependencies).convert(clientName, head, metadata)
        guard var record = records.first, records.count == 1 else { return nil }
        let home = record.folder
        if let folder { record.location.folder = folder }
        let measures: Measures
        do {
            measures = try Self.measure(file, header: ChunkHeader.text(for: record.metadata))
        } catch is TextPieceReader.OtherEncoding {
            return nil
        }
        record.pageContent = ""
        record.metadata["wordCount"] = JSONValue(measures.words)
        // The estimate of every text of this length (contract/documents.md 6.5).
        record.metadata["token_count_estimate"] = JSONValue((measures.length + 7) / 8)
        try store(record, file, measures, name: name, folder: folder)
        try await AddToWorkspaces(dependencies: dependencies)(workspaces, docpath: record.location.path)
        return StoredLargeText(record: record.uploadRecord(isMoved: record.folder != home), file: file)
    }

    private static func isPlainText(_ clientName: String, _ head: [UInt8]) throws(LibraryRefusal) -> Bool {
        do {
            let name = try FileName.original(fromClient: clientName)
            return try UploadedDocuments.isPlainText(UploadedFile(name: name, bytes: head))
        } catch {
            throw LibraryRefusal(kind: .conversion, reason: String(describing: error))
        }
    }

    private static func measure(_ file: SpooledFile, header: String) throws -> Measures {
        var measures = Measures()
        var (content, text) = (SHA256(), SHA256())
        content.update(data: Data(header.utf8))
        content.update(data: [0])
        var reader = TextPieceReader(file)
        while var piece = try reader.next() {
            measures.length += piece.utf16.count
            piece.withUTF8 { bytes in
                measures.words += bytes.reduce(0) { $1 == UInt8(ascii: " ") ? $0 + 1 : $0 }
                content.update(bufferPointer: UnsafeRawBufferPointer(bytes))
                text.update(bufferPointer: UnsafeRawBufferPointer(bytes))
            }
        }
        measures.contentHash = Array(content.finalize())
        measures.textHash = Array(text.finalize())
        return measures
    }

    private func store(
        _ record: DocumentRecord, _ file: SpooledFile, _ measures: Measures, name: String, folder: String?
    ) throws {
        var row = LibraryDocumentRecord(record, createdAt: dependencies.source.now())
        row.contentHash = measures.contentHash
        row.textHash = measures.textHash
        var details: JSONObject = ["documentName": .string(name)]
        if let folder { details["folder"] = .string(folder) }
        try dependencies.database.write { transaction in
            var reader = TextPieceReader(file)
            try transaction.insert(&row) { try reader.next() }
            let events = dependencies.events(transaction)
            try events.count(.documentUploaded)
            try events.log("api_document_uploaded", details)
        }
    }
}
