import Hummingbird
import Workspaces

/// `POST /v1/workspace/:slug/chat` (contract/chat.md). The answer is completed and stored although the client may have
/// left: only streams are cut off (contract/chat.md, section 7).
struct WorkspaceChat: Endpoint {
    static let errorShape = ErrorShape.chat

    private let read: ReadWorkspaces
    private let send: SendChat
    private let settings: InstanceSettings

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        send = SendChat(dependencies)
        settings = dependencies.settings
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let slug = context.segment("slug")
        let body = try await RequestJSON.object(request, .chat)
        guard let workspace = try read.workspace(slug: slug) else {
            throw APIError(.badRequest, .chat, "Workspace \(slug) is not a valid workspace.")
        }
        let fields = try ChatFields(body, workspace: workspace)
        return try await ChatAnswer.sync(
            fields.input(workspace: workspace), send, try ChatOptions(request, settings), context)
    }
}
