import HTTPTypes
import Hummingbird
import Workspaces

/// Adds endpoints to the routers, with or without a key.
struct RouteTable {
    /// The same routes for each; they share the endpoints.
    let groups: [RouterGroup<APIRequestContext>]
    let dependencies: Dependencies
    private let repetitions: Repetitions

    init(groups: [RouterGroup<APIRequestContext>], dependencies: Dependencies) {
        self.groups = groups
        self.dependencies = dependencies
        repetitions = Repetitions(dependencies)
    }

    /// A route for everybody.
    func open(_ method: HTTPRequest.Method, _ path: RouterPath, _ endpoint: (some Endpoint).Type) {
        let endpoint = endpoint.init(dependencies)
        for group in groups { group.on(path, method: method, responder: endpoint) }
    }

    /// A route for holders of a key.
    func keyed<Answering: Endpoint>(_ method: HTTPRequest.Method, _ path: RouterPath, _ endpoint: Answering.Type) {
        let endpoint = endpoint.init(dependencies)
        for group in groups {
            let group = group.group().add(middleware: RequireKey())
            if method == .post {
                group.add(middleware: AnswerRepetitions(repetitions: repetitions, shape: Answering.errorShape))
            }
            group.on(path, method: method, responder: endpoint)
        }
    }
}
