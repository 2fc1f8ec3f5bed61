import Documents
import OrderedJSON
import SentenceEmbedding
import Storage
import VectorIndexing

/// Gives a document of the library other content, in every workspace that holds it, in one swap.
///
/// Everything slow is done before: the new content is embedded while the old one is still found. Then one transaction
/// changes text, passages and vectors, and the indexes follow before any search sees the commit.
struct ReplaceDocument: Sendable {
    /// A workspace took the document in after the look that decided not to embed it.
    private struct Unembedded: Error {}

    let dependencies: Dependencies

    /// - Parameters:
    ///   - record: the new content; identifier and location of the old document stay.
    /// - Returns: what is stored now; nil when there is no such document.
    /// - Throws: ``LibraryRefusal`` when it cannot be embedded; the old content then stays everywhere.
    func callAsFunction(_ address: LibraryAddress, with record: DocumentRecord) async throws -> DocumentRecord? {
        while true {
            guard let old = try dependencies.database.read({ try $0.document(address) }) else { return nil }
            let new = Self.successor(of: old, with: record)
            do {
                let (key, passages) = try await embedding(of: new)
                guard try swap(old, new, key, passages) else { continue }
                return new
            } catch is Unembedded {
                continue
            } catch let error as EmbeddingError {
                throw LibraryRefusal(kind: .conversion, reason: error.message)
            } catch let error as TextSplitterError {
                throw LibraryRefusal(kind: .conversion, reason: error.description)
            } catch VectorIndexError.dimensionMismatch(let stored, let found) {
                let embedder = dependencies.embedder.identifier
                throw LibraryRefusal(
                    kind: .conversion,
                    reason: try ReplacedModel(dependencies: dependencies).noted(embedder, stored: stored, found: found)
                        .message)
            } catch let error as VectorIndexError {
                throw LibraryRefusal(kind: .conversion, reason: String(describing: error))
            }
        }
    }

    private static func successor(of old: LibraryDocumentRecord, with record: DocumentRecord) -> DocumentRecord {
        var new = record
        if let id = StoredJSON.object(old.metadata)["id"] { new.metadata["id"] = id }
        new.location = DocumentLocation(folder: old.folder, fileName: old.fileName)
        return new
    }

    /// - Returns: the passages only when a workspace needs them and they are not stored yet.
    private func embedding(of record: DocumentRecord) async throws -> (EmbeddingKey, [PassageRecord]?) {
        let embed = EmbedDocument(dependencies: dependencies)
        let docpath = record.location.path
        let key = try embed.embeddingKey(docpath, contentHash: StoreDocuments.hash(record))
        let isNeeded = try dependencies.database.read { transaction in
            try !transaction.workspaceDocuments(docpath: docpath).isEmpty && transaction.embedding(key) == nil
        }
        if !isNeeded { return (key, nil) }
        let metadata = JSONValue.object(record.metadata).text
        return (key, try await embed.passages(of: record.pageContent, metadata: metadata, key))
    }

    /// - Returns: false when the document has gone meanwhile.
    private func swap(
        _ old: LibraryDocumentRecord, _ new: DocumentRecord, _ key: EmbeddingKey, _ passages: [PassageRecord]?
    ) throws -> Bool {
        let (indexes, gate) = (dependencies.indexes, dependencies.swapGate)
        for row in try dependencies.database.read({ try $0.workspaceDocuments(docpath: key.docpath) }) {
            // Loaded now: loading inside the transaction would hold up every other writer.
            _ = try indexes.index(workspaceId: row.workspaceId)
        }
        var swapped: [Int64] = []
        defer { gate.end(swapped) }
        return try dependencies.database.write { transaction in
            guard let current = try transaction.document(LibraryAddress(old)), current.id == old.id else {
                return false
            }
            var row = LibraryDocumentRecord(new, createdAt: current.createdAt)
            row.id = current.id
            row.updatedAt = dependencies.source.now()
            try transaction.replace(row, text: new.pageContent)
            let changes = try swapChunks(row, key, passages, transaction)
            try transaction.deleteUnusedEmbeddings(docpath: key.docpath)
            swapped = changes.map(\.workspaceId)
            gate.begin(swapped)
            transaction.afterCommit {
                for change in changes {
                    indexes.remove(document: change.document, workspaceId: change.workspaceId)
                    indexes.insert(change.entries, embedder: key.embedder, workspaceId: change.workspaceId)
                }
            }
            return true
        }
    }

    private typealias Change = (workspaceId: Int64, document: Int64, entries: [VectorEntry])

    private func swapChunks(
        _ row: LibraryDocumentRecord, _ key: EmbeddingKey, _ passages: [PassageRecord]?, _ transaction: Transaction
    ) throws -> [Change] {
        let holders = try transaction.workspaceDocuments(docpath: key.docpath)
        if holders.isEmpty { return [] }
        let embed = EmbedDocument(dependencies: dependencies)
        if passages == nil, try transaction.embedding(key) == nil { throw Unembedded() }
        let embedding = try embed.storedEmbedding(key, passages, transaction)
        return try holders.compactMap { holder in
            guard let id = holder.id else { return nil }
            try transaction.replaceContent(
                workspaceDocumentId: id, metadata: row.metadata, attributes: row.attributes, at: row.updatedAt)
            try transaction.noteIndexChange(workspaceId: holder.workspaceId, workspaceDocumentId: id)
            if let other = try transaction.embedder(workspaceId: holder.workspaceId, beside: id), other != key.embedder
            {
                // The workspace waits for vectors of this embedder, and shows the document with them.
                return (holder.workspaceId, id, [])
            }
            let entries = try transaction.insertChunks(
                embeddingId: embedding, workspaceDocumentId: id, newVectorId: dependencies.source.uuid
            ).map { VectorEntry(id: $0.id, document: id, vector: $0.vector) }
            try EmbedDocument.check(entries, fit: dependencies.indexes.index(workspaceId: holder.workspaceId))
            return (holder.workspaceId, id, entries)
        }
    }
}

extension LibraryAddress {
    init(_ row: LibraryDocumentRecord) {
        folder = row.folder
        fileName = row.fileName
    }
}

extension Transaction {
    func document(_ address: LibraryAddress) throws -> LibraryDocumentRecord? {
        try document(folder: address.folder, fileName: address.fileName)
    }
}
