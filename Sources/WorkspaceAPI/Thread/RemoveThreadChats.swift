import Hummingbird
import OrderedJSON
import Workspaces

/// `DELETE /v1/workspace/:slug/thread/:threadSlug/chats?before=…&since=…`: deletes exchanges of a thread for good.
///
/// Dates in ISO 8601; one is needed. Hidden rows and those of all users are meant too. Answers 200 `{"deleted":12}`; 404
/// and 400 `{"message":…}`. The reference has no such route.
struct RemoveThreadChats: Endpoint {
    static let errorShape = ErrorShape.message

    private let read: ReadWorkspaces
    private let threads: Threads
    private let delete: DeleteChats

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        threads = Threads(dependencies)
        delete = DeleteChats(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let workspace = try context.workspace(read)
        let thread = try context.thread(threads, in: workspace)
        let choice = try DeleteChats.Choice(request, withSessions: false)
        return .json(.ok, ["deleted": JSONValue(try delete(choice, workspace: workspace, thread: thread))])
    }
}
