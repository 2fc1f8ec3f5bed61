import HTTPTypes
import Hummingbird
import Workspaces

/// Adds endpoints to the router, with or without a key.
struct RouteTable {
    let group: RouterGroup<APIRequestContext>
    let dependencies: Dependencies

    /// A route for everybody.
    func open(_ method: HTTPRequest.Method, _ path: RouterPath, _ endpoint: (some Endpoint).Type) {
        add(method, path, endpoint, to: group)
    }

    /// A route for holders of a key.
    func keyed(_ method: HTTPRequest.Method, _ path: RouterPath, _ endpoint: (some Endpoint).Type) {
        add(method, path, endpoint, to: group.group().add(middleware: RequireKey()))
    }

    private func add<E: Endpoint>(
        _ method: HTTPRequest.Method, _ path: RouterPath, _ endpoint: E.Type, to group: RouterGroup<APIRequestContext>
    ) {
        let endpoint = E(dependencies)
        group.on(path, method: method) { request, context in
            try await endpoint.respond(to: request, context: context)
        }
    }
}
