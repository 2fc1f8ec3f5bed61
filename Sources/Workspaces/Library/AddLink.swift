import Documents
public import OrderedJSON

/// Fetches what a link leads to and stores it (contract/documents.md 4.3).
public struct AddLink: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - link, scraperHeaders, metadata: as the body has them.
    ///   - workspaces: slugs separated by commas; they get the first document only.
    /// - Returns: the records of the answer.
    /// - Throws: ``LibraryRefusal``, ``StorageError``.
    public func callAsFunction(
        link: JSONValue?, scraperHeaders: JSONValue?, metadata: JSONValue?, workspaces: String?
    ) async throws -> [JSONObject] {
        let records = try await fetch(link, scraperHeaders, metadata)
        try StoreDocuments(dependencies: dependencies)(
            records, event: "api_link_uploaded", details: ["link": link ?? .null], telemetry: .linkUploaded)
        if let first = records.first {
            try await AddToWorkspaces(dependencies: dependencies)(workspaces, docpath: first.location.path)
        }
        return records.map { $0.uploadRecord() }
    }

    private func fetch(
        _ link: JSONValue?, _ scraperHeaders: JSONValue?, _ metadata: JSONValue?
    ) async throws -> [DocumentRecord] {
        do {
            let documents = try LinkedDocuments(link: link, scraperHeaders: scraperHeaders, metadata: metadata)
            return try await documents.records(with: dependencies.links, in: dependencies.documentEnvironment)
        } catch let refusal as MetadataRefusal {
            throw LibraryRefusal(kind: .unprocessable, reason: refusal.description)
        } catch let refusal as LinkRefusal {
            throw LibraryRefusal(kind: .conversion, reason: refusal.description)
        } catch let refusal as ConversionRefusal {
            throw LibraryRefusal(kind: .conversion, reason: refusal.description)
        }
    }
}
