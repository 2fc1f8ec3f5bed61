import SentenceEmbedding
import Storage

/// The instance's chunk size, never above the embedder's, and its overlap (contract/vectors.md 5.1).
struct ChunkSizes: Sendable {
    let size: Int
    let overlap: Int

    init(_ dependencies: Dependencies) throws {
        let (size, overlap) = try dependencies.database.read { transaction in
            (
                try transaction.setting("text_splitter_chunk_size"),
                try transaction.setting("text_splitter_chunk_overlap")
            )
        }
        let limit = dependencies.embedder.maximumChunkLength
        self.size = min(size.flatMap { Int($0) } ?? limit, limit)
        self.overlap = overlap.flatMap { Int($0) } ?? 20
    }
}
