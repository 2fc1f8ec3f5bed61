import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/workspaces` (contract/workspaces.md 5).
struct ListWorkspaces: Endpoint {
    private let read: ReadWorkspaces
    private let cache = AnswerCache()

    init(_ dependencies: Dependencies) { read = ReadWorkspaces(dependencies) }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        try await cache.answer("", generation: read.generation) {
            let all = try read.all()
            return { json in Self.write(all, &json) }
        }
    }

    private static func write(_ all: [(workspace: Workspace, threads: [ChatThread])], _ json: inout JSONWriter) {
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
