import JavaScriptSemantics
public import OrderedJSON

/// A link as it is stored: brought into one form, and known to be an address of the web (`contract/documents.md` 8.1).
public struct LinkAddress: Sendable, Equatable {
    public let url: WebURL

    /// Bytes. The link is part of the header of each of the document's passages.
    static let lengthLimit = 4_096

    /// - Parameter value: the body's `link`.
    /// - Throws: ``LinkRefusal/invalidURL``, ``LinkRefusal/linkTooLong(limit:)``.
    public init(_ value: JSONValue?) throws(LinkRefusal) {
        guard case .string(let text)? = value else { throw .invalidURL }
        let limit = Self.lengthLimit
        guard text.utf8.count <= limit else { throw .linkTooLong(limit: limit) }
        let trimmed = JavaScriptWhitespace.trim(text)
        do {
            url = try WebURL(parsing: trimmed.contains("://") ? trimmed : "https://" + trimmed)
        } catch {
            throw .invalidURL
        }
        // Percent-encoding makes it longer.
        guard self.text.utf8.count <= limit else { throw .linkTooLong(limit: limit) }
    }

    /// The URL without one slash at its end, and without name and password, which are nobody else's to read.
    var text: String {
        var url = url
        (url.user, url.password) = ("", "")
        let text = url.description
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
