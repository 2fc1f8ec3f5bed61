import Documents
public import OrderedJSON

/// Stores a text that stands in the request (contract/documents.md 4.4).
public struct AddRawText: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - textContent, metadata: as the body has them.
    ///   - workspaces: slugs separated by commas.
    ///   - onDuplicate: what to do when the library has the text, or a text of that title.
    /// - Returns: the records of the answer.
    /// - Throws: ``LibraryRefusal``, ``StorageError``.
    public func callAsFunction(
        textContent: JSONValue?, metadata: JSONValue?, workspaces: String?, onDuplicate: DuplicateRule = .keep
    ) async throws -> [JSONObject] {
        let document = try Self.document(textContent: textContent, metadata: metadata)
        let admitted = try await AdmitDocuments(dependencies: dependencies)(
            [document.record(in: dependencies.documentEnvironment)],
            AdmitDocuments.Request(
                onDuplicate: onDuplicate, workspaces: workspaces, event: "api_raw_document_uploaded", details: [:],
                telemetry: .rawDocumentUploaded))
        return admitted.map { $0.json(rule: onDuplicate) }
    }

    static func document(textContent: JSONValue?, metadata: JSONValue?) throws(LibraryRefusal) -> RawTextDocument {
        do {
            return try RawTextDocument(textContent: textContent, metadata: metadata)
        } catch {
            throw LibraryRefusal(error)
        }
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
