import HTTPTypes
import Hummingbird
import Logging
import Workspaces

/// The last stop of every error: what no endpoint has given a shape is logged and answered plainly.
///
/// ``APIError`` knows its own answer; everything else is a fault of the server, whose details stay in the log.
struct AnswerErrors: RouterMiddleware {
    func handle(
        _ request: Request, context: APIRequestContext,
        next: (Request, APIRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as APIError {
            return error.response
        } catch let error as HTTPError where error.status == .notFound {
            return .plain(.notFound)
        } catch is CancellationError {
            // The client has hung up, or the server's time to stop is over: nothing has failed.
            return .plain(.internalServerError)
        } catch let error as any HTTPResponseError {
            return APIError(error.status, .error, error.status.reasonPhrase).response
        } catch {
            context.logger.error(
                "request failed",
                metadata: ["request.path": .string(request.uri.path), "error.reason": .string(LogReason.of(error))])
            if DiskTrouble.isCause(of: error) { return Self.diskTrouble.response }
            return .plain(.internalServerError)
        }
    }

    /// Unlike a fault it passes, and the client has done nothing wrong (RFC 4918, section 11.5).
    private static let diskTrouble = APIError(
        HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"), .error,
        "The server cannot write to its disk, which may be full.")
}
