import Hummingbird
import OrderedJSON
import Workspaces

/// `DELETE /v1/workspace/:slug/chats?apiSessionId=…&before=…&since=…`: deletes exchanges outside of threads for good.
///
/// The parameters narrow the choice together: rows of that session, made before or since that date (ISO 8601). One is
/// needed. Rows of every session and none are meant without `apiSessionId`, and hidden ones always.
/// Answers 200 `{"deleted":12}`; 404 and 400 `{"message":…}`. The reference has no such route.
struct RemoveWorkspaceChats: Endpoint {
    static let errorShape = ErrorShape.message

    private let read: ReadWorkspaces
    private let delete: DeleteChats

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        delete = DeleteChats(dependencies)
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let workspace = try context.workspace(read)
        let count = try delete(DeleteChats.Choice(request), workspace: workspace)
        return .json(.ok, ["deleted": JSONValue(count)])
    }
}
