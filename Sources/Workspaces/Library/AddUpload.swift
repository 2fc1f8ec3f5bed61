import Documents
public import OrderedJSON
import Storage

/// Converts an uploaded file and stores what it holds (contract/documents.md 4.1 and 4.2).
public struct AddUpload: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - clientName: the file's name as the client sent it.
    ///   - metadata: JSON text, read leniently.
    ///   - folder: nil for the default folder; otherwise one level, checked before anything is converted.
    ///   - workspaces: slugs separated by commas; they get the first document only.
    ///   - onDuplicate: what to do when the library has the text, or a file of that name.
    ///   - hangUp: ends the conversion, and with it the request; what comes after the conversion is done whoever waits.
    /// - Returns: the records of the answer.
    /// - Throws: ``LibraryRefusal``, ``StorageError``, `CancellationError`.
    public func callAsFunction(
        clientName: String, bytes: [UInt8], metadata: String?, folder: String?, workspaces: String?,
        onDuplicate: DuplicateRule = .keep, hangUp: HangUp = .never
    ) async throws -> [JSONObject] {
        let folder = try folder.map(Self.checkedFolder)
        let (name, records) = try await hangUp.cancels { try await convert(clientName, bytes, metadata) }
        let placed = try records.map { record in
            var record = record
            record.location = try place(record, in: folder ?? record.folder)
            return record
        }
        var details: JSONObject = ["documentName": .string(name)]
        if let folder { details["folder"] = .string(folder) }
        let admitted = try await AdmitDocuments(dependencies: dependencies)(
            placed,
            AdmitDocuments.Request(
                onDuplicate: onDuplicate, folder: folder, workspaces: workspaces, event: "api_document_uploaded",
                details: details, telemetry: .documentUploaded))
        return zip(admitted, records).map { $0.json(rule: onDuplicate, isMoved: $0.record.folder != $1.folder) }
    }

    func convert(
        _ clientName: String, _ bytes: [UInt8], _ metadata: String?
    ) async throws(LibraryRefusal) -> (name: String, records: [DocumentRecord]) {
        do {
            let name = try FileName.original(fromClient: clientName)
            let file = UploadedFile(name: name, bytes: bytes, metadataText: metadata)
            try file.checkMetadata()
            return (name, try await UploadedDocuments.records(of: file, in: dependencies.documentEnvironment))
        } catch {
            throw LibraryRefusal(
                kind: error is MetadataRefusal ? .unprocessable : .conversion, reason: String(describing: error))
        }
    }

    /// Sheets have the names that their author gave them; where the folder holds one of that name, the id goes into it.
    /// The reference overwrites the earlier one.
    private func place(_ record: DocumentRecord, in folder: String) throws -> DocumentLocation {
        let isTaken = try dependencies.database.read { transaction in
            try transaction.document(folder: folder, fileName: record.fileName) != nil
        }
        let stem = record.fileName.dropLast(".json".count)
        return DocumentLocation(folder: folder, fileName: isTaken ? "\(stem)-\(record.id).json" : record.fileName)
    }

    /// Normalised and without a slash: `../evil` is `evil`, `a/b` is refused.
    static func checkedFolder(_ name: String) throws(LibraryRefusal) -> String {
        // Nil for a name that normalises to nothing.
        let folder = (try? DocumentPath.normalize(name)) ?? ""
        let isNested = folder.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        guard !folder.isEmpty, !isNested, DocumentPath.fitsLimits(folder) else {
            throw LibraryRefusal(kind: .malformed, reason: "Invalid folder name.")
        }
        return folder
    }
}
