import Hummingbird
import OrderedJSON
import Workspaces

/// `GET /v1/workspace/:slug/threads`: the threads of a workspace as full rows (contract/threads.md 1), oldest first.
///
/// Answers 200 `{"threads":[…]}`, 404 `{"message":…}`. The reference has no such route.
struct ListThreads: Endpoint {
    static let errorShape = ErrorShape.message

    private let read: ReadWorkspaces
    private let threads: Threads

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        threads = Threads(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let workspace = try context.workspace(read)
        let found = try threads.list(in: workspace)
        return .json { json in
            json.beginObject()
            json.key("threads")
            json.beginArray()
            for thread in found { json.thread(thread) }
            json.endArray()
            json.endObject()
        }
    }
}
