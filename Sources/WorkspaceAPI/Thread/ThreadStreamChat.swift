import Hummingbird
import Workspaces

/// `POST /v1/workspace/:slug/thread/:threadSlug/stream-chat` (contract/threads.md 7).
struct ThreadStreamChat: Endpoint {
    static let errorShape = ErrorShape.chat

    private let read: ReadWorkspaces
    private let threads: Threads
    private let stream: StreamChat
    private let settings: InstanceSettings

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        threads = Threads(dependencies)
        stream = StreamChat(dependencies)
        settings = dependencies.settings
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let (slug, threadSlug) = (context.segment("slug"), context.segment("threadSlug"))
        let body = try await RequestJSON.object(request, .chat)
        guard let workspace = try read.workspace(slug: slug),
            let thread = try threads.thread(slug: threadSlug, in: workspace)
        else {
            throw APIError(.badRequest, .chat, "Workspace \(slug) or thread \(threadSlug) is not valid.")
        }
        let fields = try ChatFields(body, workspace: workspace)
        return ChatAnswer.stream(
            fields.input(workspace: workspace, thread: thread), stream, try ChatOptions(request, settings), context)
    }
}
