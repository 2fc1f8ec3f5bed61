import Documents
import OrderedJSON
import Storage

/// Creates, renames and deletes threads (contract/threads.md 2 to 4).
public struct Threads: Sendable {
    public enum Outcome: Sendable, Equatable {
        case unknownWorkspace
        case unknownThread
        case slugTaken
        case thread(ChatThread)
    }

    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - name: nil gives `Thread`.
    ///   - wantedSlug: slugified with its case kept; nil, or one of which nothing is left, gives a UUID.
    public func create(workspaceSlug: String, name: String?, wantedSlug: String?) throws -> Outcome {
        let mapped = wantedSlug.map(Slug.thread) ?? ""
        do {
            return try dependencies.database.write { transaction in
                guard let workspace = try transaction.workspace(slug: workspaceSlug), let id = workspace.id else {
                    return .unknownWorkspace
                }
                var record = ThreadRecord(
                    name: name ?? "Thread", slug: mapped.isEmpty ? dependencies.source.uuid() : mapped, workspaceId: id,
                    userId: nil, createdAt: dependencies.source.now())
                try transaction.insert(&record)
                let events = dependencies.events(transaction)
                try events.count(.threadCreated, dependencies.telemetry.withUserMode(model: false))
                try events.log("api_workspace_thread_created", ["workspaceName": .string(workspace.name)])
                return .thread(ChatThread(record))
            }
        } catch let error as StorageError where error.code == .notUnique(column: "threads.slug") {
            return .slugTaken
        }
    }

    /// - Parameter name: nil changes nothing and is no error (TQ-7).
    public func rename(workspaceSlug: String, threadSlug: String, to name: String?) throws -> Outcome {
        try dependencies.database.write { transaction in
            guard let workspace = try transaction.workspace(slug: workspaceSlug)?.id else { return .unknownWorkspace }
            guard var record = try transaction.thread(slug: threadSlug, workspaceId: workspace) else {
                return .unknownThread
            }
            if let name {
                record.name = name
                try transaction.update(record)
            }
            return .thread(ChatThread(record))
        }
    }

    /// Deletes the thread with its chats; an unknown thread is no error (TQ-9).
    ///
    /// - Returns: whether the workspace exists.
    public func delete(workspaceSlug: String, threadSlug: String) throws -> Bool {
        try dependencies.database.write { transaction in
            guard let workspace = try transaction.workspace(slug: workspaceSlug)?.id else { return false }
            if let thread = try transaction.thread(slug: threadSlug, workspaceId: workspace)?.id {
                try transaction.deleteThread(id: thread)
            }
            return true
        }
    }

    /// The threads of the workspace in the order in which they were created.
    public func list(in workspace: Workspace) throws -> [ChatThread] {
        try dependencies.database.read { try $0.threads(workspaceId: workspace.id) }.map(ChatThread.init)
    }

    /// The thread of that slug in the workspace, or nil.
    public func thread(slug: String, in workspace: Workspace) throws -> ChatThread? {
        try dependencies.database.read { try $0.thread(slug: slug, workspaceId: workspace.id) }.map(ChatThread.init)
    }
}
