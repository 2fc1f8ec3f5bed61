import OrderedJSON
import Storage

/// What a search looks at.
struct SearchScope: Sendable {
    let workspaceIds: [Int64]
    /// Rows of `workspaceDocuments`; nil for all.
    let documents: Set<Int64>?

    /// - Throws: ``StorageError``.
    init(_ workspaceIds: [Int64], filter: MetadataFilter?, in database: CarrelDatabase) throws {
        self.workspaceIds = workspaceIds
        guard let filter else {
            documents = nil
            return
        }
        var matching: Set<Int64> = []
        try database.read { transaction in
            try transaction.forEachMetadata(workspaceIds: workspaceIds) { document, metadata, attributes in
                let fields = DocumentFields(
                    shown: StoredJSON.object(metadata), given: attributes == "{}" ? [:] : StoredJSON.object(attributes))
                if filter.accepts(fields) { matching.insert(document) }
            }
        }
        documents = matching
    }
}
