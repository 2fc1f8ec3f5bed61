import Documents
import OrderedJSON
import Storage

/// Removes documents from a workspace and adds others (contract/vectors.md 6).
public struct UpdateEmbeddings: Sendable {
    /// What became of the documents to add.
    public struct Result: Sendable, Equatable {
        public var embedded: [String] = []
        public var skipped: [String] = []
        public var failed: [Failure] = []
    }

    public struct Failure: Sendable, Equatable {
        public var docpath: String
        public var reason: String
    }

    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - adds: docpaths in any spelling; the normalised one is stored.
    ///   - deletes: docpaths, compared exactly.
    /// - Throws: ``LibraryRefusal`` for a path that normalises to nothing, before anything has been done;
    ///   ``StorageError``, when documents done before it stay done.
    public func callAsFunction(_ workspace: Workspace, adds: [String], deletes: [String]) async throws -> Result {
        let paths = try adds.map(Self.normalised)
        if !deletes.isEmpty {
            try dependencies.database.write { try remove(deletes, from: workspace, $0) }
        }
        if adds.isEmpty { return Result() }
        return try await add(paths, to: workspace)
    }

    static func normalised(_ path: String) throws(LibraryRefusal) -> String {
        do {
            return try DocumentPath.normalize(path)
        } catch {
            throw LibraryRefusal(kind: .malformed, reason: error.description)
        }
    }

    func remove(_ docpaths: [String], from workspace: Workspace, _ transaction: Transaction) throws {
        let indexes = dependencies.indexes
        for docpath in docpaths {
            guard let row = try transaction.workspaceDocument(workspaceId: workspace.id, docpath: docpath),
                let id = row.id
            else { continue }
            try transaction.deleteWorkspaceDocument(id: id)
            transaction.afterCommit { indexes.remove(document: id, workspaceId: workspace.id) }
        }
        try dependencies.events(transaction).log(
            "workspace_documents_removed",
            ["workspaceName": .string(workspace.name), "numberOfDocuments": JSONValue(docpaths.count)])
    }

    private func add(_ docpaths: [String], to workspace: Workspace) async throws -> Result {
        var result = Result()
        for docpath in docpaths {
            switch try await EmbedDocument(dependencies: dependencies)(docpath, workspace: workspace) {
            case .embedded: result.embedded.append(docpath)
            case .skipped: result.skipped.append(docpath)
            case .failed(let reason): result.failed.append(Failure(docpath: docpath, reason: reason))
            }
        }
        try dependencies.database.write { transaction in
            let events = dependencies.events(transaction)
            try events.count(.documentsEmbedded, dependencies.telemetry.selection(withModel: true))
            // Requested, not successful, as the reference counts (VQ-11).
            try events.log(
                "workspace_documents_added",
                ["workspaceName": .string(workspace.name), "numberOfDocumentsAdded": JSONValue(docpaths.count)])
        }
        return result
    }
}
