import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /api/ping`: the server answers. Needs no key and touches nothing.
struct Ping: Endpoint {
    init(_ dependencies: Dependencies) {}

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        .json(.ok, ["online": true])
    }
}
