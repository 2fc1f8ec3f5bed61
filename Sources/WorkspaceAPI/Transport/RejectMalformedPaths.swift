import Foundation
import Hummingbird

/// Refuses paths whose percent-encoding is broken or no UTF-8 (contract/workspaces.md 1.2), and NUL, as nginx does: no
/// name has one, and the database would read the name only up to it.
struct RejectMalformedPaths: RouterMiddleware {
    func handle(
        _ request: Request, context: APIRequestContext,
        next: (Request, APIRequestContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        if path.utf8.contains(UInt8(ascii: "%")), path.removingPercentEncoding?.utf8.contains(0) ?? true {
            throw APIError(.badRequest, .error, "The path is not valid percent-encoded UTF-8.")
        }
        return try await next(request, context)
    }
}
