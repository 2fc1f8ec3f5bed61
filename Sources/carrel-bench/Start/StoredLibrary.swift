import Foundation
import Storage

/// A storage folder with one workspace of many chunks whose vectors are made, not embedded: 200 to a document.
///
/// A million takes minutes to write, so the folder is kept for the next run; removing it starts anew.
struct StoredLibrary {
    static let workspace = "stored"
    private static let chunksInDocument = 200
    private static let documentsInTransaction = 20

    let folder: String
    private let chunks: Int
    private let marker: String

    init(_ bench: Workbench, chunks: Int) throws {
        self.chunks = chunks
        marker = bench.path("stored-\(chunks).complete")
        let isComplete = FileManager.default.fileExists(atPath: marker)
        folder = isComplete ? bench.path("stored-\(chunks)") : try bench.freshFolder("stored-\(chunks)")
        if !isComplete {
            bench.note("storing \(chunks) chunks; the next run finds them in \(folder)")
            try fill()
            try Data().write(to: URL(filePath: marker))
        }
    }

    /// Takes the snapshots of indexes away, so that the next start has the database alone.
    func removeSnapshots() throws {
        let index = "\(folder)/index"
        if FileManager.default.fileExists(atPath: index) { try FileManager.default.removeItem(atPath: index) }
    }

    /// Whether the index of the workspace, which is the only one, has been written.
    var hasSnapshot: Bool { FileManager.default.fileExists(atPath: "\(folder)/index/1.index") }

    private func fill() throws {
        let database = try CarrelDatabase(directory: URL(filePath: folder, directoryHint: .isDirectory))
        let workspaceId = try database.write { transaction in
            var workspace = WorkspaceRecord(name: Self.workspace, slug: Self.workspace, createdAt: 0)
            try transaction.insert(&workspace)
            return workspace.id ?? 0
        }
        var (source, prose) = (ClusteredVectors(seed: 7), Prose(seed: 7))
        let documents = (chunks + Self.chunksInDocument - 1) / Self.chunksInDocument
        for first in stride(from: 0, to: documents, by: Self.documentsInTransaction) {
            try database.write { transaction in
                for number in first..<min(documents, first + Self.documentsInTransaction) {
                    let count = min(Self.chunksInDocument, chunks - number * Self.chunksInDocument)
                    let passages = Self.passages(count, &source, &prose)
                    try Self.insert(passages, number, workspaceId, transaction)
                }
            }
        }
    }

    private static func passages(
        _ count: Int, _ source: inout ClusteredVectors, _ prose: inout Prose
    ) -> [PassageRecord] {
        let (rows, width) = (source.rows(count), ClusteredVectors.dimensions)
        return (0..<count).map { row in
            PassageRecord(text: prose.paragraph(atLeast: 100), vector: Array(rows[row * width..<(row + 1) * width]))
        }
    }

    private static func insert(
        _ passages: [PassageRecord], _ number: Int, _ workspaceId: Int64, _ transaction: Transaction
    ) throws {
        let hash = Array("\(number)".utf8)
        var document = LibraryDocumentRecord(
            folder: "stored", fileName: "\(number).json", metadata: #"{"title":"volume \#(number)"}"#,
            contentHash: hash, createdAt: 0)
        try transaction.insert(&document, text: "volume \(number)")
        let key = EmbeddingKey(
            docpath: document.docpath, contentHash: hash, embedder: "native/all-MiniLM-L6-v2", chunkSize: 1000,
            chunkOverlap: 20)
        let embedding = try transaction.insertEmbedding(key, passages: passages, createdAt: 0)
        var row = WorkspaceDocumentRecord(
            docId: UUID().uuidString, filename: document.fileName, docpath: document.docpath,
            workspaceId: workspaceId, metadata: document.metadata, createdAt: 0)
        try transaction.insert(&row)
        _ = try transaction.insertChunks(
            embeddingId: embedding, workspaceDocumentId: row.id ?? 0, newVectorId: { UUID().uuidString })
    }
}
