import Documents
public import OrderedJSON

/// Fetches what a link leads to and stores it (contract/documents.md 4.3).
public struct AddLink: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - link, scraperHeaders, metadata: as the body has them.
    ///   - workspaces: slugs separated by commas; they get the first document only.
    ///   - onDuplicate: what to do when the library has the text, or a page of that address.
    ///   - hangUp: ends the fetching, and with it the request; what comes after the fetching is done whoever waits.
    /// - Returns: the records of the answer.
    /// - Throws: ``LibraryRefusal``, ``StorageError``, `CancellationError`.
    public func callAsFunction(
        link: JSONValue?, scraperHeaders: JSONValue?, metadata: JSONValue?, workspaces: String?,
        onDuplicate: DuplicateRule = .keep, hangUp: HangUp = .never
    ) async throws -> [JSONObject] {
        let records = try await hangUp.cancels { try await fetch(link, scraperHeaders, metadata) }
        let admitted = try await AdmitDocuments(dependencies: dependencies)(
            records,
            AdmitDocuments.Request(
                onDuplicate: onDuplicate, workspaces: workspaces, event: "api_link_uploaded",
                details: ["link": link ?? .null], telemetry: .linkUploaded))
        return admitted.map { $0.json(rule: onDuplicate) }
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
