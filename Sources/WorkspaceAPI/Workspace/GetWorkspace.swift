import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/workspace/:slug` (contract/workspaces.md 6): a list of one workspace, or of none (WQ-2).
struct GetWorkspace: Endpoint {
    private let read: ReadWorkspaces

    init(_ dependencies: Dependencies) { read = ReadWorkspaces(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let found = try read.details(slug: context.segment("slug"))
        return .json { json in
            json.beginObject()
            json.key("workspace")
            json.beginArray()
            if let (workspace, documents, threads) = found {
                json.beginObject()
                json.workspaceMembers(workspace)
                json.workspaceDocuments(documents)
                json.threads(threads, withNames: false)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
    }
}
