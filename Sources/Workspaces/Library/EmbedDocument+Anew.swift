import Storage

extension EmbedDocument {
    /// What a document's embedding is made from now and, when it is not stored yet, its passages.
    ///
    /// - Returns: nil for a document that the library does not hold, or without text.
    /// - Throws: ``EmbeddingError``, ``TextSplitterError``, ``StorageError``.
    func prepare(_ docpath: String) async throws -> (key: EmbeddingKey, passages: [PassageRecord]?)? {
        guard let address = LibraryAddress(docpath: docpath), let document = try read(address), !document.text.isEmpty
        else { return nil }
        let key = try embeddingKey(docpath, contentHash: document.record.contentHash)
        if try dependencies.database.read({ try $0.embedding(key) }) != nil { return (key, nil) }
        return (key, try await passages(of: document.text, metadata: document.record.metadata, key))
    }
}
