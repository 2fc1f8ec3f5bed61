import AnythingLLMImport
import Documents
import OrderedJSON
import Storage

/// Writes one document of the source: its text, its embedding, and its places in workspaces.
struct DocumentWriter: Sendable {
    let dependencies: Dependencies
    let sizes: ChunkSizes
    /// Name of the engine and model of the vectors.
    let embedder: String

    func callAsFunction(
        _ document: ImportedDocument, _ rows: ImportedRows, _ documents: inout ImportedIds,
        _ placements: inout ImportedIds, _ transaction: Transaction
    ) throws {
        let record = try document.existing ?? store(document, &documents, transaction)
        let key = EmbeddingKey(
            docpath: record.docpath, contentHash: record.contentHash, embedder: embedder, chunkSize: sizes.size,
            chunkOverlap: sizes.overlap)
        var embedding = try transaction.embedding(key)
        if embedding == nil, let passages = document.passages {
            embedding = try transaction.insertEmbedding(key, passages: passages, createdAt: dependencies.source.now())
        }
        guard let embedding else { return }
        for link in document.links {
            guard let workspace = rows.workspace(link.workspaceId) else { continue }
            if let there = try transaction.workspaceDocument(workspaceId: workspace, docpath: record.docpath)?.id {
                // Put there by hand since an earlier run.
                try placements.record(String(link.id), as: there, transaction)
                continue
            }
            let keys = document.isReused ? ImportedRecords.metadata(of: link) : nil
            let id = try place(
                link, record, metadata: keys.map { JSONValue.object($0).text } ?? record.metadata, workspace,
                placements, transaction)
            _ = try transaction.insertChunks(
                embeddingId: embedding, workspaceDocumentId: id, newVectorId: dependencies.source.uuid)
            try placements.record(String(link.id), as: id, transaction)
        }
    }

    /// Under its own name when that is free or holds the same content, else under a new one.
    private func store(
        _ document: ImportedDocument, _ documents: inout ImportedIds, _ transaction: Transaction
    ) throws -> LibraryDocumentRecord {
        let hash = document.contentHash
        let location = DocumentPath.location(document.sourcePath) ?? DocumentLocation(folder: "", fileName: "")
        var (name, number) = (location.fileName, 1)
        while let other = try transaction.document(folder: location.folder, fileName: name) {
            if other.contentHash == hash, let id = other.id {
                try documents.record(document.sourcePath, as: id, transaction)
                return other
            }
            number += 1
            name = location.fileName.dropLast(".json".count) + "-imported-\(number).json"
        }
        var record = LibraryDocumentRecord(
            folder: location.folder, fileName: name, metadata: JSONValue.object(document.metadata).text,
            contentHash: hash, createdAt: dependencies.source.now())
        try transaction.insert(&record, text: document.text)
        if let id = record.id { try documents.record(document.sourcePath, as: id, transaction) }
        return record
    }

    /// - Returns: the id of the row.
    private func place(
        _ link: ForeignLink, _ document: LibraryDocumentRecord, metadata: String, _ workspace: Int64,
        _ placements: ImportedIds, _ transaction: Transaction
    ) throws -> Int64 {
        let isTaken = try link.docId.isEmpty || transaction.workspaceDocumentExists(docId: link.docId)
        let createdAt = link.createdAt ?? dependencies.source.now()
        var row = WorkspaceDocumentRecord(
            docId: isTaken ? dependencies.source.uuid() : link.docId, filename: document.fileName,
            docpath: document.docpath, workspaceId: workspace, metadata: metadata, createdAt: createdAt)
        row.lastUpdatedAt = link.lastUpdatedAt ?? createdAt
        row.pinned = link.pinned
        row.attributes = document.attributes
        row.id = try placements.kept(link.id, transaction)
        try transaction.insert(&row)
        return row.id ?? 0
    }
}
