import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/auth`: the key is known (contract/system.md 2).
struct Auth: Endpoint {
    init(_ dependencies: Dependencies) {}

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        .json(.ok, ["authenticated": true])
    }
}
