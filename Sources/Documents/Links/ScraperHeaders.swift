import JavaScriptSemantics
import OrderedJSON

/// Headers that a client wants to be sent for a page (`contract/documents.md` 8.2).
///
/// Entries count when name and value are texts with something in them. They may be secrets, so they go only where the
/// link itself points: no other origin sees them, and no server whose certificate is not in order.
public struct ScraperHeaders: Sendable, Equatable {
    public static let none = ScraperHeaders(fields: [])

    /// Name and trimmed value.
    let fields: [Field]

    struct Field: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// What belongs to the connection is not the client's; such entries are ignored, as browsers ignore them.
    private static let reserved: Set<String> = [
        "host", "connection", "content-length", "transfer-encoding", "te", "trailer", "upgrade", "keep-alive",
        "expect", "accept-encoding", "proxy-authorization", "proxy-connection",
    ]
    private static let countLimit = 64
    /// Bytes of all names and values.
    private static let sizeLimit = 16_384

    private init(fields: [Field]) { self.fields = fields }

    /// - Parameter value: the body's `scraperHeaders`; what is no object has no headers.
    /// - Throws: ``LinkRefusal/invalidHeaders``.
    init(_ value: JSONValue?) throws(LinkRefusal) {
        var fields: [Field] = []
        var size = 0
        for member in value?.objectValue ?? [:] {
            guard let text = member.value.stringValue.map({ JavaScriptWhitespace.trim($0) }), !text.isEmpty,
                !JavaScriptWhitespace.trim(member.key).isEmpty, !Self.reserved.contains(member.key.lowercased())
            else { continue }
            size += member.key.utf8.count + text.utf8.count
            let isValid =
                Self.isName(member.key)
                && text.unicodeScalars.allSatisfy { $0 == "\t" || $0.value >= 0x20 && $0.value != 0x7F }
            guard isValid, fields.count < Self.countLimit, size <= Self.sizeLimit else { throw .invalidHeaders }
            fields.append(Field(name: member.key, value: text))
        }
        self.fields = fields
    }

    /// A token of RFC 9110, section 5.6.2.
    private static func isName(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: signs.contains(byte)
            }
        }
    }

    private static let signs = Set("!#$%&'*+-.^_`|~".utf8)
}
