import Foundation

/// What the content of a link is, by the type that its server gives, or by its first bytes when it gives none.
enum LinkContentType: Equatable {
    case html
    /// Text without markup, shown as it is.
    case text
    /// A format that has a converter, with its file extension.
    case file(fileExtension: String)
    case unknown(String)

    /// The media type in small letters without parameters; empty when there is none.
    static func essence(_ contentType: String?) -> String {
        let type = (contentType ?? "").prefix { $0 != ";" && $0 != "," }
        return type.trimmingCharacters(in: .whitespaces).lowercased()
    }

    /// The converter's extension for a media type, `text/html` and `text/plain` excepted: the types that are downloaded
    /// as files (`contract/documents.md` 8.2).
    static func fileExtension(_ essence: String) -> String? {
        if essence == "text/html" || essence == "text/plain" { return nil }
        return AcceptedFileTypes.rows.first { $0.type == essence }?.extensions.first
    }

    /// - Parameter head: the first bytes of the content.
    init(_ contentType: String?, head: some Collection<UInt8>) {
        let essence = Self.essence(contentType)
        switch essence {
        case "text/html", "application/xhtml+xml": self = .html
        case "": self = Self.sniffed(Array(head.prefix(1_024)))
        default:
            if let suffix = Self.fileExtension(essence) {
                self = .file(fileExtension: suffix)
            } else if essence.hasPrefix("text/") || Self.isTextual(essence) {
                self = .text
            } else {
                self = .unknown(essence)
            }
        }
    }

    private static func isTextual(_ essence: String) -> Bool {
        let types = ["application/xml", "application/javascript", "application/ld+json", "application/yaml"]
        return types.contains(essence) || essence.hasSuffix("+xml") || essence.hasSuffix("+json")
    }

    private static func sniffed(_ head: [UInt8]) -> LinkContentType {
        if head.starts(with: "%PDF-".utf8) { return .file(fileExtension: ".pdf") }
        let text = String(decoding: head, as: UTF8.self).lowercased()
        let isMarkup = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }.hasPrefix("<")
        if isMarkup, ["<!doctype html", "<html", "<head", "<body"].contains(where: { text.contains($0) }) {
            return .html
        }
        return TextTest.looksLikeText(head) ? .text : .unknown("application/octet-stream")
    }
}
