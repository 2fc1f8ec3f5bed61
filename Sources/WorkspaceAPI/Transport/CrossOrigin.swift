import HTTPTypes
import Hummingbird

/// Cross-origin rules: any origin is reflected, a preflight needs no key (contract/workspaces.md 1.3).
struct CrossOrigin: RouterMiddleware {
    func handle(
        _ request: Request, context: APIRequestContext,
        next: (Request, APIRequestContext) async throws -> Response
    ) async throws -> Response {
        if request.method == .options { return Self.preflight(request) }
        var response = try await next(request, context)
        response.headers.append(HTTPField(name: .vary, value: "Origin"))
        if let origin = request.headers[.origin], response.headers[.accessControlAllowOrigin] == nil {
            response.headers[.accessControlAllowOrigin] = origin
        }
        return response
    }

    private static func preflight(_ request: Request) -> Response {
        var headers: HTTPFields = [
            .vary: "Origin, Access-Control-Request-Headers",
            .accessControlAllowMethods: "GET,HEAD,PUT,PATCH,POST,DELETE",
        ]
        headers[.accessControlAllowOrigin] = request.headers[.origin] ?? "*"
        headers[.accessControlAllowHeaders] = request.headers[.accessControlRequestHeaders]
        return Response(status: .noContent, headers: headers)
    }
}
