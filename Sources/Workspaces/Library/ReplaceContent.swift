import Documents
public import OrderedJSON
import Storage

/// Replaces the content of a document that clients know by its file name.
public struct ReplaceContent: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// With the text of the request.
    ///
    /// - Parameters:
    ///   - folder: of the document; nil for the first folder, in byte order, that has one of that name.
    ///   - textContent, metadata: as of ``AddRawText``; without a title the document keeps its own.
    /// - Returns: the record of the answer; nil when there is no such document.
    /// - Throws: ``LibraryRefusal``; nothing has been changed then.
    public func callAsFunction(
        named name: String, folder: String?, textContent: JSONValue?, metadata: JSONValue?
    ) async throws -> JSONObject? {
        guard let old = try find(name, folder) else { return nil }
        let document = try AddRawText.document(
            textContent: textContent, metadata: Self.titled(metadata, old))
        return try await replace(old, with: document.record(in: dependencies.documentEnvironment))
    }

    /// With a file, which must hold one document.
    ///
    /// - Parameter hangUp: ends the conversion, and with it the request.
    /// - Throws: ``LibraryRefusal``, of the kind `conflict` for a file that holds several documents; nothing has been
    ///   changed then.
    public func callAsFunction(
        named name: String, folder: String?, file: String, bytes: [UInt8], metadata: String?, hangUp: HangUp = .never
    ) async throws -> JSONObject? {
        guard let old = try find(name, folder) else { return nil }
        let (_, records) = try await hangUp.cancels {
            try await AddUpload(dependencies).convert(file, bytes, metadata)
        }
        guard let record = records.first, records.count == 1 else {
            throw LibraryRefusal(
                kind: .conflict, reason: "\(file) holds \(records.count) documents, but one is to be replaced.")
        }
        return try await replace(old, with: record)
    }

    private func find(_ name: String, _ folder: String?) throws -> LibraryDocumentRecord? {
        // A name that normalises to nothing is none of a document.
        guard let fileName = try? DocumentPath.normalize(name), !fileName.isEmpty else { return nil }
        return try dependencies.database.read { transaction in
            if let folder { return try transaction.document(folder: folder, fileName: fileName) }
            return try transaction.document(fileName: fileName)
        }
    }

    private static func titled(_ metadata: JSONValue?, _ old: LibraryDocumentRecord) -> JSONValue? {
        let given =
            switch metadata {
            case nil: JSONObject()
            case .object(let object)?: object
            default: JSONObject?.none
            }
        // A text is read leniently by the document, and must have its own title.
        guard var given, given["title"] == nil, let title = StoredJSON.object(old.metadata)["title"] else {
            return metadata
        }
        given["title"] = title
        return .object(given)
    }

    private func replace(_ old: LibraryDocumentRecord, with record: DocumentRecord) async throws -> JSONObject? {
        try await ReplaceDocument(dependencies: dependencies)(LibraryAddress(old), with: record)?.uploadRecord()
    }
}
