import Hummingbird
import Workspaces

/// `POST /v1/workspace/:slug/thread/:threadSlug/chat` (contract/threads.md 6).
struct ThreadChat: Endpoint {
    static let errorShape = ErrorShape.chat

    private let read: ReadWorkspaces
    private let threads: Threads
    private let send: SendChat
    private let settings: InstanceSettings

    init(_ dependencies: Dependencies) {
        read = ReadWorkspaces(dependencies)
        threads = Threads(dependencies)
        send = SendChat(dependencies)
        settings = dependencies.settings
    }

    func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let (slug, threadSlug) = (context.segment("slug"), context.segment("threadSlug"))
        let body = try await RequestJSON.object(request, .chat)
        guard let workspace = try read.workspace(slug: slug) else {
            throw APIError(.notFound, .chat, "Workspace \(slug) not found.")
        }
        guard let thread = try threads.thread(slug: threadSlug, in: workspace) else {
            throw APIError(.notFound, .chat, "Thread \(threadSlug) not found.")
        }
        let fields = try ChatFields(body, workspace: workspace)
        return try await ChatAnswer.sync(
            fields.input(workspace: workspace, thread: thread), send, try ChatOptions(request, settings), context)
    }
}
