import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/system/vector-count` (contract/system.md 3.1).
struct VectorCount: Endpoint {
    private let read: ReadLibrary

    init(_ dependencies: Dependencies) { read = ReadLibrary(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        .json(.ok, ["vectorCount": JSONValue(try read.vectorCount())])
    }
}
