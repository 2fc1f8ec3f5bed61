import Documents
import OrderedJSON
import Storage

/// Deletes documents from the library and from every workspace (contract/system.md 3.7).
public struct RemoveDocuments: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameter names: docpaths, nil for what is no text; unknown ones are no error, empty ones are skipped.
    /// - Throws: ``LibraryRefusal`` for a name that is no text or normalises to nothing. The names before it have been
    ///   removed by then, as the contract has it.
    public func callAsFunction(_ names: [String?]) throws {
        var paths: [String] = []
        var refusal: LibraryRefusal?
        for name in names where name != "" {
            do {
                paths.append(try DocumentPath.normalize(name ?? ""))
            } catch {
                refusal = LibraryRefusal(kind: .malformed, reason: error.description)
                break
            }
        }
        paths.removeAll(where: \.isEmpty)
        try dependencies.database.write { [paths] transaction in
            let workspaces = try transaction.workspaces()
            for path in paths {
                if try isKnown(path, transaction) { try remove(docpath: path, transaction) }
                try log(count: 1, workspaces, transaction)
            }
        }
        if let refusal { throw refusal }
    }

    /// Whether there is anything to remove: asking costs less than removing nothing, and lists of names may be long.
    private func isKnown(_ docpath: String, _ transaction: Transaction) throws -> Bool {
        if try !transaction.workspaceDocuments(docpath: docpath).isEmpty { return true }
        if let address = LibraryAddress(docpath: docpath),
            try transaction.document(folder: address.folder, fileName: address.fileName) != nil
        {
            return true
        }
        return try transaction.isEmbedded(docpath: docpath)
    }

    /// Removes one document and whatever is derived from it.
    func remove(docpath: String, _ transaction: Transaction) throws {
        let indexes = dependencies.indexes
        for row in try transaction.workspaceDocuments(docpath: docpath) {
            guard let id = row.id else { continue }
            try transaction.deleteWorkspaceDocument(id: id)
            transaction.afterCommit { indexes.remove(document: id, workspaceId: row.workspaceId) }
        }
        try transaction.deleteUnusedEmbeddings(docpath: docpath)
        if let address = LibraryAddress(docpath: docpath) {
            try transaction.deleteDocument(folder: address.folder, fileName: address.fileName)
        }
    }

    /// One event for every workspace of the instance, as the reference writes it.
    ///
    /// - Parameter workspaces: all of them.
    func log(count: Int, _ workspaces: [WorkspaceRecord], _ transaction: Transaction) throws {
        for workspace in workspaces {
            try dependencies.events(transaction).log(
                "workspace_documents_removed",
                ["workspaceName": .string(workspace.name), "numberOfDocuments": JSONValue(count)])
        }
    }
}
