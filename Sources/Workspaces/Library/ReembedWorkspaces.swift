import Logging
import SentenceEmbedding
import Storage
import VectorIndexing

/// Gives every workspace vectors of the present embedder, from the texts of the library, after the embedder or its
/// model was changed.
///
/// Vectors of two embedders cannot be compared, so a workspace has those of one at any time. Its documents are embedded
/// anew one by one, each stored in a transaction of its own beside the old vectors, which searches go on using with
/// the embedder that made them. When all are there, one transaction exchanges the chunks of the whole workspace. What
/// was stored is found again after a restart, so nothing is embedded twice.
///
/// Where the earlier embedder cannot be asked any more, or another model has taken its name (``ReplacedModel``), its vectors
/// are of no use: then the chunks are taken away at once, and searches answer from the documents that have got new ones so
/// far.
public struct ReembedWorkspaces: Sendable {
    private let dependencies: Dependencies
    private let sleep: @Sendable (Duration) async throws -> Void

    public init(_ dependencies: Dependencies) {
        self.init(dependencies, sleep: { try await Task.sleep(for: $0) })
    }

    /// - Parameter sleep: waits between two attempts.
    init(_ dependencies: Dependencies, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.dependencies = dependencies
        self.sleep = sleep
    }

    private static let firstPause = Duration.seconds(15)
    private static let longestPause = Duration.seconds(900)

    /// Works until every workspace is done, with longer and longer pauses while the embedder fails.
    ///
    /// - Throws: CancellationError; the work goes on at the next start.
    public func callAsFunction() async throws {
        var pause = Self.firstPause
        while try await !attempt() {
            try await sleep(pause)
            pause = min(pause * 2, Self.longestPause)
        }
    }

    private var target: String { dependencies.embedder.identifier }

    /// - Returns: whether all workspaces are done.
    private func attempt() async throws -> Bool {
        var isDone = true
        do {
            do {
                try await ReplacedModel(dependencies: dependencies).retire()
            } catch let error as EmbeddingError {
                try Task.checkCancellation()
                isDone = false
                dependencies.logger.warning(
                    "the embedder's dimensions are not known yet",
                    metadata: ["error.reason": .string(LogReason.of(error))])
            }
            for workspaceId in try dependencies.database.read({ try $0.workspacesToReembed(embedder: target) }) {
                do {
                    try await reembed(workspaceId)
                } catch let error as EmbeddingError {
                    try Task.checkCancellation()
                    isDone = false
                    // The code alone: what a provider answers may repeat a text.
                    warn("workspace not yet embedded anew", workspaceId, LogReason.of(error))
                } catch let error as VectorIndexError {
                    isDone = false
                    warn("workspace not yet embedded anew", workspaceId, error.description)
                }
            }
        } catch let error as StorageError {
            isDone = false
            dependencies.logger.warning(
                "embedding anew interrupted", metadata: ["error.reason": .string(error.message)])
        }
        return isDone
    }

    private func reembed(_ workspaceId: Int64) async throws {
        try dropUnusable(workspaceId)
        var textless: Set<String> = []
        repeat {
            let documents = try dependencies.database.read {
                try $0.documentsToReembed(workspaceId: workspaceId, embedder: target)
            }
            dependencies.logger.info(
                "embedding a workspace anew",
                metadata: [
                    "workspace.id": "\(workspaceId)", "documents.count": "\(documents.count)",
                    "embedder.name": .string(target),
                ])
            for document in documents {
                try Task.checkCancellation()
                if try await !prepare(document) { textless.insert(document.docpath) }
            }
        } while try !exchange(workspaceId, textless)
    }

    /// Takes away what no query can be compared with.
    private func dropUnusable(_ workspaceId: Int64) throws {
        let indexes = dependencies.indexes
        try dependencies.database.write { transaction in
            guard let made = try transaction.embedder(workspaceId: workspaceId), made != target,
                dependencies.embedder(named: made) == nil
            else { return }
            warn("vectors of an embedder that is not configured any more are not used", workspaceId, made)
            for document in try transaction.documentsToReembed(workspaceId: workspaceId, embedder: target) {
                try transaction.deleteChunks(workspaceId: workspaceId, workspaceDocumentId: document.id ?? 0)
            }
            transaction.afterCommit { indexes.reload(workspaceId: workspaceId) }
        }
    }

    /// Stores the new embedding of one document, and shows it where no old ones stand in the way.
    ///
    /// - Returns: false for a document that has no text any more, which is to have no vectors.
    private func prepare(_ document: WorkspaceDocumentRecord) async throws -> Bool {
        let embed = EmbedDocument(dependencies: dependencies)
        guard let prepared = try await embed.prepare(document.docpath) else {
            warn("a document without text has no vectors any more", document.workspaceId, document.docpath)
            return false
        }
        let indexes = dependencies.indexes
        try dependencies.database.write { transaction in
            let embedding = try embed.storedEmbedding(prepared.key, prepared.passages, transaction)
            guard try transaction.embedder(workspaceId: document.workspaceId).map({ $0 == target }) ?? true,
                let id = document.id, try transaction.holds(document)
            else { return }
            let entries = try put(embedding, document, id, transaction)
            transaction.afterCommit {
                indexes.remove(document: id, workspaceId: document.workspaceId)
                indexes.insert(entries, embedder: prepared.key.embedder, workspaceId: document.workspaceId)
            }
        }
        return true
    }

    private func put(
        _ embedding: Int64, _ document: WorkspaceDocumentRecord, _ id: Int64, _ transaction: Transaction
    ) throws -> [VectorEntry] {
        try transaction.deleteChunks(workspaceId: document.workspaceId, workspaceDocumentId: id)
        return try transaction.insertChunks(
            embeddingId: embedding, workspaceDocumentId: id, newVectorId: dependencies.source.uuid
        ).map { VectorEntry(id: $0.id, document: id, vector: $0.vector) }
    }

    /// Puts the new vectors in the place of the old ones, all at once.
    ///
    /// - Parameter textless: docpaths of documents that get none.
    /// - Returns: false when a document is not prepared, because it came or changed meanwhile.
    private func exchange(_ workspaceId: Int64, _ textless: Set<String>) throws -> Bool {
        let indexes = dependencies.indexes
        // Read before the transaction: what the keys of all documents have in common.
        let key = try EmbedDocument(dependencies: dependencies).embeddingKey("", contentHash: [])
        let docpaths: [String]? = try dependencies.database.write { transaction in
            let documents = try transaction.documentsToReembed(workspaceId: workspaceId, embedder: target)
            var embeddings: [Int64?] = []
            for document in documents {
                var key = key
                (key.docpath, key.contentHash) = (document.docpath, try transaction.contentHash(document.docpath))
                let stored = try transaction.embedding(key)
                if stored == nil, !textless.contains(document.docpath) { return nil }
                embeddings.append(stored)
            }
            for (document, embedding) in zip(documents, embeddings) {
                let id = document.id ?? 0
                if let embedding {
                    _ = try put(embedding, document, id, transaction)
                } else {
                    try transaction.deleteChunks(workspaceId: workspaceId, workspaceDocumentId: id)
                }
            }
            if !documents.isEmpty { transaction.afterCommit { indexes.reload(workspaceId: workspaceId) } }
            return documents.map(\.docpath)
        }
        guard let docpaths else { return false }
        // Not in the transaction above, which keeps other writers waiting.
        for docpath in docpaths {
            try dependencies.database.write { try $0.deleteUnusedEmbeddings(docpath: docpath) }
        }
        return true
    }

    private func warn(_ message: Logger.Message, _ workspaceId: Int64, _ reason: String) {
        dependencies.logger.warning(
            message, metadata: ["workspace.id": "\(workspaceId)", "error.reason": .string(reason)])
    }
}

extension Transaction {
    /// Of the document in the library; empty when it is not there.
    fileprivate func contentHash(_ docpath: String) throws -> [UInt8] {
        guard let address = LibraryAddress(docpath: docpath) else { return [] }
        return try document(address)?.contentHash ?? []
    }

    /// Whether the workspace still has that row.
    fileprivate func holds(_ document: WorkspaceDocumentRecord) throws -> Bool {
        try workspaceDocuments(docpath: document.docpath).contains { $0.id == document.id }
    }
}
