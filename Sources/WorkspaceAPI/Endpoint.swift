import Hummingbird
import Workspaces

/// One route of the API: a value that answers its requests.
protocol Endpoint: Sendable {
    init(_ dependencies: Dependencies)
    func respond(to request: Request, context: APIRequestContext) async throws -> Response
}
