import HTTPTypes
import Hummingbird
import Workspaces

/// Adds endpoints to the routers, with or without a key.
struct RouteTable {
    /// The same routes for each; they share the endpoints.
    let groups: [RouterGroup<APIRequestContext>]
    let dependencies: Dependencies

    /// A route for everybody.
    func open(_ method: HTTPRequest.Method, _ path: RouterPath, _ endpoint: (some Endpoint).Type) {
        let endpoint = endpoint.init(dependencies)
        for group in groups { group.on(path, method: method, responder: endpoint) }
    }

    /// A route for holders of a key.
    func keyed(_ method: HTTPRequest.Method, _ path: RouterPath, _ endpoint: (some Endpoint).Type) {
        let endpoint = endpoint.init(dependencies)
        for group in groups {
            group.group().add(middleware: RequireKey()).on(path, method: method, responder: endpoint)
        }
    }
}
