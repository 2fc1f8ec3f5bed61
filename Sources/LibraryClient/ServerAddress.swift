import Foundation

/// Where a server's API begins.
public struct ServerAddress: Sendable, Equatable, CustomStringConvertible {
    /// Up to and with `/api/v1`, without a slash at the end.
    public let base: String

    /// - Parameter text: `http://` or `https://`, a host, and optionally a path up to `/api` or `/api/v1`.
    /// - Returns: nil for anything else.
    public init?(_ text: String) {
        guard let parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme?.lowercased()),
            parts.host?.isEmpty == false, parts.query == nil, parts.fragment == nil, parts.user == nil
        else { return nil }
        var trimmed = text[...]
        for ending in ["/", "/v1", "/", "/api", "/"] where trimmed.hasSuffix(ending) {
            trimmed = trimmed.dropLast(ending.count)
        }
        base = trimmed + "/api/v1"
    }

    public var description: String { String(base.dropLast("/api/v1".count)) }

    /// - Parameters:
    ///   - segments: parts of the path, encoded here; a slash inside one is part of it.
    ///   - query: encoded here too.
    func url(_ segments: [String], query: [(name: String, value: String)] = []) -> String {
        let path = segments.reduce(base) { $0 + "/" + Self.encoded($1) }
        if query.isEmpty { return path }
        return path + "?" + query.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }.joined(separator: "&")
    }

    private static func encoded(_ segment: String) -> String {
        var text = ""
        for byte in segment.utf8 {
            let scalar = Unicode.Scalar(byte)
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || (48...57).contains(byte))
            if isPlain || "-._~".utf8.contains(byte) {
                text.unicodeScalars.append(scalar)
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
