import Foundation
import Logging
import Storage
import VectorIndexing

/// Reads a workspace's index: from its snapshot file and the changes since, or from all vectors in the database.
struct IndexLoader: Sendable {
    struct Result {
        var loaded: LoadedIndex
        /// Rows that the snapshot file does not show.
        var changedRows: Int
    }

    let database: CarrelDatabase
    let storage: IndexStorage
    let logger: Logger

    /// One view of the database, so that file, changes and vectors belong together.
    ///
    /// - Throws: ``StorageError``, or ``VectorIndexError`` when stored vectors do not fit together.
    func load(_ workspaceId: Int64) throws -> Result {
        try database.read { transaction in
            let embedder = try transaction.embedder(workspaceId: workspaceId)
            if let (index, changed) = try snapshot(workspaceId, transaction) {
                return Result(loaded: LoadedIndex(index: index, embedder: embedder), changedRows: changed)
            }
            let index = try built(workspaceId, transaction)
            return Result(loaded: LoadedIndex(index: index, embedder: embedder), changedRows: index.count)
        }
    }

    /// - Returns: nil when there is no file, or none that this database can be sure of.
    private func snapshot(
        _ workspaceId: Int64, _ transaction: Transaction
    ) throws -> (index: AdaptiveVectorIndex, changed: Int)? {
        guard let path = storage.path(workspaceId: workspaceId), FileManager.default.fileExists(atPath: path) else {
            return nil
        }
        do {
            let generation = try AdaptiveVectorIndex.generation(ofSnapshotAt: path)
            guard
                let changes = try transaction.documentsChanged(
                    workspaceId: workspaceId, since: Int64(bitPattern: generation))
            else { return nil }
            let index = try AdaptiveVectorIndex.open(path: path, generation: generation)
            return (index, try catchUp(index, changes, transaction))
        } catch let error as SnapshotFileError {
            logger.warning(
                "index snapshot not used; the index is built from the database",
                metadata: ["index.file": .string(path), "error.reason": .string(error.description)])
            return nil
        }
    }

    /// Gives every document that changed the vectors that it has now, which are none when it is gone.
    ///
    /// - Returns: rows that came and, estimated by the documents, went.
    private func catchUp(
        _ index: AdaptiveVectorIndex, _ documents: [Int64], _ transaction: Transaction
    ) throws -> Int {
        var entries: [VectorEntry] = []
        for document in documents {
            index.remove(document: document)
            try transaction.forEachVector(workspaceDocumentId: document) { chunk, bytes in
                guard !bytes.isEmpty, bytes.count % MemoryLayout<Float>.stride == 0 else {
                    throw VectorIndexError.badLength(id: chunk, bytes: bytes.count)
                }
                let vector = [Float](unsafeUninitializedCapacity: bytes.count / MemoryLayout<Float>.stride) {
                    UnsafeMutableRawBufferPointer($0).copyMemory(from: bytes)
                    $1 = bytes.count / MemoryLayout<Float>.stride
                }
                entries.append(VectorEntry(id: chunk, document: document, vector: vector))
            }
        }
        try index.insert(entries)
        return entries.count + documents.count
    }

    private func built(_ workspaceId: Int64, _ transaction: Transaction) throws -> AdaptiveVectorIndex {
        let builder = VectorIndexBuilder()
        try transaction.forEachVector(workspaceId: workspaceId) { chunk, document, vector in
            try builder.append(id: chunk, document: document, bytes: vector)
        }
        return builder.build(options: AdaptiveIndexOptions())
    }
}
