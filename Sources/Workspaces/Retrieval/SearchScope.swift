import Storage

/// What a search looks at.
struct SearchScope: Sendable {
    let workspaceIds: [Int64]
    /// Rows of `workspaceDocuments`; nil for all.
    let documents: Set<Int64>?

    /// - Throws: ``StorageError``.
    init(_ workspaceIds: [Int64], filter: MetadataFilter?, _ dependencies: Dependencies) throws {
        self.workspaceIds = workspaceIds
        documents = try filter.map { filter in
            try dependencies.database.read {
                try dependencies.fieldTables.matching(filter, workspaceIds: workspaceIds, $0)
            }
        }
    }
}
