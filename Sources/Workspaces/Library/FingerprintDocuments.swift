import Storage

/// Makes the fingerprints of documents that were stored without one: by an earlier version, or by an import.
struct FingerprintDocuments: Sendable {
    /// Documents of one transaction.
    private static let batch = 100

    let dependencies: Dependencies

    /// Works until none is left or the task is cancelled.
    func callAsFunction() throws {
        while !Task.isCancelled {
            let rows = try dependencies.database.read { try $0.documentsWithoutTextHash(limit: Self.batch) }
            if rows.isEmpty { return }
            let marked = try rows.map(fingerprinted)
            try dependencies.database.write { transaction in
                for row in marked { try transaction.setFingerprint(of: row) }
            }
        }
    }

    private func fingerprinted(_ row: LibraryDocumentRecord) throws -> LibraryDocumentRecord {
        let text = try dependencies.database.read { try $0.text(documentId: row.id ?? 0) }
        let fingerprint = DocumentFingerprint(metadata: StoredJSON.object(row.metadata), text: text)
        var row = row
        row.textHash = fingerprint.textHash
        row.source = fingerprint.source
        return row
    }
}
