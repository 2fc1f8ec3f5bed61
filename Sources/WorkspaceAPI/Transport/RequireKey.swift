import Hummingbird

/// Refuses what did not come past nginx's key check (contract/workspaces.md 1.1).
///
/// nginx alone compares keys; it sends the id of the key it found. A request without one reached this process by a
/// way that checks nothing, or names a key that is no longer known.
struct RequireKey: RouterMiddleware {
    func handle(
        _ request: Request, context: APIRequestContext,
        next: (Request, APIRequestContext) async throws -> Response
    ) async throws -> Response {
        guard context.keyID != nil else { throw APIError(.forbidden, .error, "No valid api key found.") }
        return try await next(request, context)
    }
}
