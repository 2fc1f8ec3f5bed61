import HTTPTypes
import Hummingbird

/// Answers that a client may have already (RFC 9110, sections 8.8.3 and 13.1.2).
enum EntityTag {
    /// The answer with a tag, or 304 without a body when the client names that tag.
    ///
    /// - Parameters:
    ///   - version: of what the answer shows, looked at before anything was read.
    static func answer(_ request: Request, version: String, _ build: () throws -> Response) rethrows -> Response {
        let tag = "W/\"\(version)\""
        if matches(request, tag) { return Response(status: .notModified, headers: [.eTag: tag]) }
        var response = try build()
        if response.status == .ok { response.headers[.eTag] = tag }
        return response
    }

    /// Weak comparison: a tag without `W/` is the same.
    private static func matches(_ request: Request, _ tag: String) -> Bool {
        request.headers[values: .ifNoneMatch].contains { value in
            value.split(separator: ",").contains { named in
                let named = named.drop { $0 == " " }
                let end = named.lastIndex { $0 != " " }.map { named.index(after: $0) } ?? named.startIndex
                return named[..<end] == "*" || named[..<end] == tag || named[..<end] == tag.dropFirst(2)
            }
        }
    }
}
