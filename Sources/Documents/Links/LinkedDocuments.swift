import JavaScriptSemantics
public import OrderedJSON

/// Turns what a link leads to into records to store (`contract/documents.md` 8.2).
public struct LinkedDocuments: Sendable {
    private let link: LinkAddress
    private let headers: ScraperHeaders
    private let metadata: JSONObject
    /// All that was given, for filters of searches.
    private let attributes: JSONObject

    /// - Parameters:
    ///   - link, scraperHeaders: as the body has them.
    ///   - metadata: an object, or JSON as text, which is read leniently.
    /// - Throws: ``LinkRefusal``, ``MetadataRefusal``.
    public init(link: JSONValue?, scraperHeaders: JSONValue?, metadata: JSONValue?) throws {
        self.link = try LinkAddress(link)
        headers = try ScraperHeaders(scraperHeaders)
        let given = metadata?.stringValue.map { LenientJSON.object($0) } ?? metadata?.objectValue ?? [:]
        attributes = GivenMetadata.kept(given)
        self.metadata = JSONObject(given.filter { Self.keys.contains($0.key) }.map { ($0.key, $0.value) })
        try MetadataRefusal.check(self.metadata)
    }

    /// What of the metadata counts for links.
    private static let keys: Set<String> = ["title", "docAuthor", "description", "docSource"]

    /// - Returns: the records in the order of the answer; usually one.
    /// - Throws: ``LinkRefusal``, ``ConversionRefusal``.
    public func records(with fetcher: LinkFetcher, in environment: DocumentEnvironment) async throws -> [DocumentRecord]
    {
        if let video = VideoAddress(link.url) {
            return [try await VideoTranscript(fetcher: fetcher, link: link, video: video).record(in: environment)]
        }
        switch try await fetcher.content(link, headers: headers) {
        case .page(let page): return [try record(page, environment)]
        case .file(let name, let bytes):
            let file = UploadedFile(name: name, bytes: bytes, metadata: metadata)
            return try await UploadedDocuments.records(of: file, in: environment)
        }
    }

    private func record(_ page: LinkedPage, _ environment: DocumentEnvironment) throws(LinkRefusal) -> DocumentRecord {
        guard !page.text.isEmpty else { throw .noContent(link: link.text) }
        func given(_ key: String, or standard: String) -> JSONValue {
            guard let value = metadata[key], JavaScriptText.isTruthy(value) else { return .string(standard) }
            return value
        }
        let name = name
        var record = DocumentRecord(
            id: environment.makeID(),
            description: [
                ("url", .string("file://\(name).html")),
                ("title", given("title", or: name + ".html")),
                ("docAuthor", given("docAuthor", or: "no author found")),
                ("description", given("description", or: "No description found.")),
                ("docSource", given("docSource", or: "URL link uploaded by the user.")),
                ("chunkSource", .string("link://" + link.text)),
                ("published", .string(PublishedDate.text(environment.now(), timeZone: environment.timeZone))),
            ],
            text: page.text.storable, stem: "url-" + name, environment: environment)
        record.attributes = attributes
        return record
    }

    /// Host and path as a name; the query is not part of it.
    private var name: String {
        let path = String(decoding: URLEncoding.decode(link.url.pathText), as: UTF8.self)
        let slug = Slug.document(link.url.hostText + path.replacing("/", with: "_"))
        return String(slug.prefix(Self.nameLimit))
    }

    /// Characters, which are ASCII; the rest of a stored name is `url-`, the identifier and the suffix.
    private static let nameLimit = DocumentPath.nameLimit - 64
}

extension String {
    /// The database takes a text only up to its first NUL.
    fileprivate var storable: String { utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self }
}
