import HTTPTypes
import Workspaces

extension APIRequestContext {
    /// The workspace that the path names as `slug`.
    ///
    /// - Throws: 404 `{"message":…}` when there is none.
    func workspace(_ read: ReadWorkspaces) throws -> Workspace {
        guard let workspace = try read.workspace(slug: segment("slug")) else {
            throw APIError(.notFound, .message, "Workspace not found")
        }
        return workspace
    }

    /// The thread that the path names as `threadSlug`.
    ///
    /// - Throws: 404 `{"message":…}` when the workspace has none of that name.
    func thread(_ threads: Threads, in workspace: Workspace) throws -> ChatThread {
        guard let thread = try threads.thread(slug: segment("threadSlug"), in: workspace) else {
            throw APIError(.notFound, .message, "Thread not found")
        }
        return thread
    }
}
