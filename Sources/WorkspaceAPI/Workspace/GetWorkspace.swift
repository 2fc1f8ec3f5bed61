import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/workspace/:slug` (contract/workspaces.md 6): a list of one workspace, or of none (WQ-2).
struct GetWorkspace: Endpoint {
    private let read: ReadWorkspaces
    private let cache = AnswerCache()

    init(_ dependencies: Dependencies) { read = ReadWorkspaces(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let slug = context.segment("slug")
        return try await cache.answer(slug, generation: read.generation) {
            let found = try read.details(slug: slug)
            return { json in Self.write(found, &json) }
        }
    }

    private static func write(
        _ found: (workspace: Workspace, documents: [WorkspaceDocument], threads: [ChatThread])?,
        _ json: inout JSONWriter
    ) {
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
