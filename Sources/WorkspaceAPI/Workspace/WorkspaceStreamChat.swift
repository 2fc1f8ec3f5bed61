import Hummingbird
import Workspaces

/// `POST /v1/workspace/:slug/stream-chat` (contract/chat.md 15).
struct WorkspaceStreamChat: Endpoint {
    static let errorShape = ErrorShape.chat

    private let read: ReadWorkspaces
    private let stream: StreamChat
    private let settings: InstanceSettings

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        stream = StreamChat(dependencies)
        settings = dependencies.settings
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let slug = context.segment("slug")
        let body = try await RequestJSON.object(request, .chat)
        guard let workspace = try read.workspace(slug: slug) else {
            throw APIError(.badRequest, .chat, "Workspace \(slug) is not a valid workspace.")
        }
        let fields = try ChatFields(body, workspace: workspace)
        return ChatAnswer.stream(
            fields.input(workspace: workspace), stream, try ChatOptions(request, settings), context)
    }
}
