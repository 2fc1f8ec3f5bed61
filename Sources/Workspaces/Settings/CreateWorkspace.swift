import Documents
import OrderedJSON
import Storage

/// Creates a workspace (contract/workspaces.md 4).
public struct CreateWorkspace: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - name: not empty; stored cut to 255 UTF-16 units, while the slug is made from all of it.
    ///   - changes: settings of the request; `name` is ignored.
    ///   - wantsDefaultPrompt: whether the request left the system prompt open.
    /// - Throws: ``StorageError`` when the row cannot be written.
    public func callAsFunction(
        name: String, changes: WorkspaceChanges, wantsDefaultPrompt: Bool
    ) throws -> Workspace {
        var changes = changes
        changes.name = .keep
        if wantsDefaultPrompt { changes.systemPrompt = .keep }
        changes.resolveDefaultProvider()
        let source = dependencies.source
        let wanted = Slug.workspace(name)
        return try dependencies.database.write { transaction in
            let slug = try freeSlug(wanted, for: name, in: transaction)
            var record = WorkspaceRecord(
                name: name.prefix(utf16Length: Self.nameLimit), slug: slug, createdAt: source.now())
            record.chatMode = ChatMode.standard.rawValue
            record.vectorSearchMode = VectorSearchMode.standard.rawValue
            if wantsDefaultPrompt { record.openAiPrompt = try defaultPrompt(transaction) }
            changes.apply(to: &record)
            try transaction.insert(&record)
            try dependencies.events(transaction).count(
                .workspaceCreated, dependencies.telemetry.withUserMode(model: true))
            try dependencies.events(transaction).log("api_workspace_created", ["workspaceName": .string(record.name)])
            return Workspace(record)
        }
    }

    static let nameLimit = 255

    /// The slug of the name, or one with random digits when it is taken, or a UUID when nothing is left of it
    /// (contract/workspaces.md 9.3).
    private func freeSlug(_ slug: String, for name: String, in transaction: Transaction) throws -> String {
        if slug.isEmpty { return dependencies.source.uuid() }
        var candidate = slug
        while try transaction.workspaceExists(slug: candidate) {
            candidate = Slug.workspace("\(name)-\(dependencies.source.random(10_000_000...99_999_999))")
        }
        return candidate
    }

    private func defaultPrompt(_ transaction: Transaction) throws -> String {
        let administrators = try transaction.setting("default_system_prompt") ?? ""
        return administrators.isEmpty ? SystemPrompt.builtIn : administrators
    }
}
