import Documents
public import OrderedJSON

/// Stores a text that stands in the request (contract/documents.md 4.4).
public struct AddRawText: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - textContent, metadata: as the body has them.
    ///   - workspaces: slugs separated by commas.
    /// - Returns: the records of the answer.
    /// - Throws: ``LibraryRefusal``, ``StorageError``.
    public func callAsFunction(
        textContent: JSONValue?, metadata: JSONValue?, workspaces: String?
    ) async throws -> [JSONObject] {
        let document: RawTextDocument
        do {
            document = try RawTextDocument(textContent: textContent, metadata: metadata)
        } catch {
            throw LibraryRefusal(error)
        }
        let record = document.record(in: dependencies.documentEnvironment)
        try StoreDocuments(dependencies: dependencies)(
            [record], event: "api_raw_document_uploaded", details: [:], telemetry: .rawDocumentUploaded)
        try await AddToWorkspaces(dependencies: dependencies)(workspaces, docpath: record.location.path)
        return [record.uploadRecord()]
    }
}

extension LibraryRefusal {
    fileprivate init(_ refusal: RawTextRefusal) {
        let kind: Kind =
            switch refusal {
            case .missingTitle, .titleTooLong, .metadataTooLong, .emptyText: .unprocessable
            case .notText: .conversion
            case .nullMetadata: .malformed
            }
        self.init(kind: kind, reason: refusal.description)
    }
}
