public import OrderedJSON
import JavaScriptSemantics

/// A document whose text stands in the request body (`contract/documents.md` 4.4).
public struct RawTextDocument: Sendable, Equatable {
    public let title: String
    public let text: String
    private let metadata: JSONObject
    /// The title as a name.
    private let stem: String

    /// Checks in the order of the contract.
    ///
    /// - Parameters:
    ///   - textContent: the body's `textContent`.
    ///   - metadata: the body's `metadata`: an object, or JSON as text, which is read leniently.
    public init(textContent: JSONValue?, metadata: JSONValue?) throws(RawTextRefusal) {
        let given = try Self.object(metadata)
        guard let title = given["title"], JavaScriptText.isTruthy(title) else { throw .missingTitle }
        guard let textContent, Self.hasContent(textContent) else { throw .emptyText }
        guard case .string(let title) = title, case .string(let text) = textContent else { throw .notText }
        let stem = Self.stem(of: title)
        guard stem.utf8.count <= Self.stemLimit else { throw .titleTooLong }
        do { try MetadataRefusal.check(given) } catch { throw .metadataTooLong(error) }
        self.title = title
        self.text = text
        self.metadata = given
        self.stem = stem
    }

    /// What is left of a name beside `raw-`, the identifier and the suffix.
    private static let stemLimit = DocumentPath.nameLimit - 64

    /// The record to store, with a new identifier.
    public func record(in environment: DocumentEnvironment) -> DocumentRecord {
        let file = stem + ".txt"
        var record = DocumentRecord(
            id: environment.makeID(),
            description: [
                ("url", .string(url ?? "file://" + file)),
                ("title", .string(file)),
                ("docAuthor", text("docAuthor") ?? "no author specified"),
                ("description", text("description") ?? "no description found"),
                ("docSource", text("docSource") ?? "no source set"),
                ("chunkSource", text("chunkSource") ?? .string(file)),
                ("published", .string(published(in: environment))),
            ],
            text: text, stem: "raw-" + stem, environment: environment)
        record.attributes = GivenMetadata.kept(metadata)
        return record
    }

    private static func object(_ metadata: JSONValue?) throws(RawTextRefusal) -> JSONObject {
        guard let metadata else { return [:] }
        let value = if case .string(let text) = metadata { LenientJSON.parse(text) } else { metadata }
        if value.isNull { throw .nullMetadata }
        return value.objectValue ?? [:]
    }

    private static func hasContent(_ value: JSONValue) -> Bool {
        value.arrayValue?.isEmpty != true && JavaScriptText.isTruthy(value)
    }

    /// The title without what follows its last dot, as a slug. A title that leaves nothing becomes `document`
    /// (quirk 12).
    private static func stem(of title: String) -> String {
        let parts = title.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let name = parts.count > 1 ? parts.dropLast().map { String(Substring($0)) }.joined(separator: "-") : title
        let slug = Slug.documentLowercased(name)
        return slug.isEmpty ? "document" : slug
    }

    private var url: String? {
        guard case .string(let url)? = metadata["url"], WebAddress.isWeb(url) else { return nil }
        return "web://" + url.lowercased() + ".website"
    }

    private func text(_ key: String) -> JSONValue? {
        metadata[key]?.stringValue.map { .string($0) }
    }

    /// Null and the empty text count as absent (quirk 11), though they convert to the number 0.
    private func published(in environment: DocumentEnvironment) -> String {
        if let value = metadata["published"], !value.isNull, value != "", let date = JavaScriptNumber.number(value) {
            return PublishedDate.text(date, timeZone: environment.timeZone)
        }
        return PublishedDate.text(environment.now(), timeZone: environment.timeZone)
    }
}
