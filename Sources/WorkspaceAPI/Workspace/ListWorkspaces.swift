import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/workspaces` (contract/workspaces.md 5).
struct ListWorkspaces: Endpoint {
    private let read: ReadWorkspaces

    init(_ dependencies: Dependencies) { read = ReadWorkspaces(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let all = try read.all()
        return .json { json in
            json.beginObject()
            json.key("workspaces")
            json.beginArray()
            for (workspace, threads) in all {
                json.beginObject()
                json.workspaceMembers(workspace)
                json.threads(threads, withNames: true)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
    }
}
