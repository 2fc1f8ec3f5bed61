import Hummingbird
import Workspaces

/// What answers one route: a thin layer that reads the request, calls a use case, and writes its result.
protocol Endpoint: HTTPResponder where Context == APIRequestContext {
    init(_ dependencies: Dependencies)

    /// Of refusals that do not come from the endpoint itself.
    static var errorShape: ErrorShape { get }
}

extension Endpoint {
    static var errorShape: ErrorShape { .error }
}
