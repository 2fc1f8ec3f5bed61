public import NIOHTTP1

/// A request to a provider: POST when it has a body, GET when it has none.
///
/// When a kept connection ends before a byte of the answer has come, libcurl sends the request once more on a new one: the
/// provider has most likely closed it while it was idle. One that died over the request may see it twice.
public struct HTTPCall: Sendable {
    /// `http` or `https`.
    public var url: String
    public var headers: HTTPHeaders
    public var body: [UInt8]?
    /// Most milliseconds until a connection is there: resolving the name and agreeing on TLS included.
    public var connectMilliseconds: Int

    public init(url: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil, connectMilliseconds: Int = 30_000) {
        self.url = url
        self.headers = headers
        self.body = body
        self.connectMilliseconds = connectMilliseconds
    }

    /// Header lines as libcurl takes them; nil when one could smuggle in another.
    var lines: [String]? {
        // Without these libcurl adds its own, and waits a second before it sends a large body.
        var lines = ["Expect:"]
        if !headers.contains(name: "Accept") { lines.append("Accept:") }
        if body != nil, !headers.contains(name: "Content-Type") { lines.append("Content-Type:") }
        // What frames the body is libcurl's to say.
        for (name, value) in headers where !["content-length", "transfer-encoding"].contains(name.lowercased()) {
            guard (name + value).utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }), !name.isEmpty else {
                return nil
            }
            let isBlank = value.allSatisfy { $0 == " " || $0 == "\t" }
            lines.append(isBlank ? "\(name);" : "\(name): \(value)")
        }
        return lines
    }

    /// Scheme, host and port: calls with the same origin may use one connection after another.
    var origin: Substring {
        guard let scheme = url.firstRange(of: "://") else { return url[...] }
        return url[..<(url[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? url.endIndex)]
    }
}
