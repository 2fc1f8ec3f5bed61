import Documents
import Logging
import OrderedJSON
import SentenceEmbedding
import Storage
import VectorIndexing

/// Puts one document of the library into a workspace: split, embed, store (contract/vectors.md 5 and 6.3).
///
/// Everything that the document needs to be found is committed in one transaction. An embedding that was made from the
/// same content with the same engine is used again, in whichever workspace it was made.
struct EmbedDocument: Sendable {
    enum Outcome: Sendable, Equatable {
        case embedded
        /// No such document in the library.
        case skipped
        case failed(reason: String)
    }

    let dependencies: Dependencies

    /// - Parameters:
    ///   - docpath: normalised.
    ///   - follower: told of every stage; takes part in the transaction.
    /// - Throws: what the follower throws; ``StorageError`` when the database cannot be read or written. What is wrong
    ///   with the document or the embedder is an outcome.
    func callAsFunction(
        _ docpath: String, workspace: Workspace, follower: EmbeddingFollower = EmbeddingFollower()
    ) async throws -> Outcome {
        while true {
            do {
                let fitting = EmbedDocument(dependencies: try dependencies.fitting(workspaceId: workspace.id))
                return try await fitting.embed(docpath, workspace, follower)
            } catch let error as OtherEmbedder {
                // The workspace was just given vectors of another one: once more, with that. One that cannot be asked
                // is about to be replaced.
                if dependencies.embedder(named: error.name) == nil {
                    return failed(docpath, Self.otherEmbedder, logged: Self.otherEmbedder)
                }
            } catch is ContentChanged {
                // It was replaced while it was embedded: once more, with what it says now.
            }
        }
    }

    private struct ContentChanged: Error {}

    private struct OtherEmbedder: Error {
        var name: String
    }

    /// - Parameters:
    ///   - reason: what the client is told.
    ///   - logged: what of it may be logged: an embedder's words may repeat the document.
    private func failed(_ docpath: String, _ reason: String, logged: String) -> Outcome {
        // What was interrupted has not failed.
        if !Task.isCancelled {
            dependencies.logger.warning(
                "document not embedded",
                metadata: ["document.path": .string(docpath), "error.reason": .string(logged)])
        }
        return .failed(reason: reason)
    }

    private func embed(
        _ docpath: String, _ workspace: Workspace, _ follower: EmbeddingFollower
    ) async throws -> Outcome {
        follower.report(.reading)
        guard let address = LibraryAddress(docpath: docpath), let document = try read(address) else { return .skipped }
        if document.text.isEmpty {
            return failed(docpath, "\(docpath) has no text content.", logged: "it has no text content")
        }
        do {
            let key = try embeddingKey(docpath, contentHash: document.record.contentHash)
            var passages: [PassageRecord]?
            if try dependencies.database.read({ try $0.embedding(key) }) == nil {
                passages = try await self.passages(
                    of: document.text, metadata: document.record.metadata, key, report: follower.report)
            }
            follower.report(.storing)
            try commit(document.record, key, passages, workspace, follower)
            return .embedded
        } catch let error as EmbeddingError {
            return failed(docpath, error.message, logged: LogReason.of(error))
        } catch let error as TextSplitterError {
            return failed(docpath, error.description, logged: error.description)
        } catch VectorIndexError.dimensionMismatch(let stored, let found) {
            let embedder = dependencies.embedder.identifier
            let error = try ReplacedModel(dependencies: dependencies).noted(embedder, stored: stored, found: found)
            return failed(docpath, error.message, logged: LogReason.of(error))
        } catch let error as VectorIndexError {
            return failed(docpath, String(describing: error), logged: String(describing: error))
        }
    }

    func read(_ address: LibraryAddress) throws -> (record: LibraryDocumentRecord, text: String)? {
        try dependencies.database.read { transaction in
            guard let record = try transaction.document(folder: address.folder, fileName: address.fileName),
                let id = record.id
            else { return nil }
            return (record, try transaction.text(documentId: id))
        }
    }

    /// What an embedding of that content would be made from now.
    func embeddingKey(_ docpath: String, contentHash: [UInt8]) throws -> EmbeddingKey {
        let sizes = try ChunkSizes(dependencies)
        return EmbeddingKey(
            docpath: docpath, contentHash: contentHash, embedder: dependencies.embedder.identifier,
            chunkSize: sizes.size, chunkOverlap: sizes.overlap)
    }

    /// Splits a text and embeds its chunks.
    ///
    /// - Parameters:
    ///   - metadata: JSON text of the document's keys.
    ///   - key: has the sizes of the chunks.
    func passages(
        of text: String, metadata: String, _ key: EmbeddingKey,
        report: @Sendable (EmbeddingFollower.Stage) -> Void = { _ in }
    ) async throws -> [PassageRecord] {
        let metadata = StoredJSON.object(metadata)
        let chunks = try TextSplitter(chunkSize: key.chunkSize, overlap: key.chunkOverlap).chunks(of: text)
        let pages = PageNumbers.pages(at: chunks.map(\.offset), in: text)
        let prefix = dependencies.embedder.passagePrefix
        let headers = pages?.map { prefix + ChunkHeader.text(for: metadata, page: $0) }
        let header = prefix + ChunkHeader.text(for: metadata)
        let texts = chunks.enumerated().map { (headers?[$0] ?? header) + $1.text }
        if texts.isEmpty { throw EmbeddingError(.upstream, Self.noVectors) }
        report(.embedding(done: 0, total: texts.count))
        let vectors = try await dependencies.embedder.embed(passages: texts) { done in
            report(.embedding(done: done, total: texts.count))
        }
        guard vectors.count == texts.count else { throw EmbeddingError(.upstream, Self.noVectors) }
        return try zip(texts, vectors).map { PassageRecord(text: $0, vector: try UnitVector.normalised($1)) }
    }

    private static let otherEmbedder =
        "The workspace's vectors are of an embedder that is not configured any more; it is being embedded anew."
    private static let removed = "The document was removed meanwhile."
    private static let noVectors = "Could not embed document chunks! This document will not be recorded."

    /// One transaction: a copy that the workspace holds already is replaced (VQ-4), then the index follows.
    ///
    /// - Parameter passages: nil when the embedding is stored already.
    private func commit(
        _ document: LibraryDocumentRecord, _ key: EmbeddingKey, _ passages: [PassageRecord]?, _ workspace: Workspace,
        _ follower: EmbeddingFollower
    ) throws {
        let index = try dependencies.indexes.index(workspaceId: workspace.id)
        let (indexes, source, gate) = (dependencies.indexes, dependencies.source, dependencies.swapGate)
        var swapped: [Int64] = []
        defer { gate.end(swapped) }
        try dependencies.database.write { transaction in
            guard try transaction.workspace(id: workspace.id) != nil else {
                throw EmbeddingError(.cancelled, "The workspace was deleted meanwhile.")
            }
            let current = try transaction.document(folder: document.folder, fileName: document.fileName)
            guard let current, current.id == document.id else { throw EmbeddingError(.cancelled, Self.removed) }
            guard current.contentHash == document.contentHash else { throw ContentChanged() }
            var replaced: [Int64] = []
            // What the workspace was told of the document holds for the new copy too, as the reference's old one stays.
            var (isPinned, isWatched) = (false, false)
            while let old = try transaction.workspaceDocument(workspaceId: workspace.id, docpath: key.docpath),
                let id = old.id
            {
                (isPinned, isWatched) = (isPinned || old.pinned, isWatched || old.watched)
                try transaction.deleteWorkspaceDocument(id: id)
                replaced.append(id)
            }
            let embedding = try storedEmbedding(key, passages, transaction)
            var row = WorkspaceDocumentRecord(
                docId: source.uuid(), filename: document.fileName, docpath: key.docpath, workspaceId: workspace.id,
                metadata: document.metadata, createdAt: source.now())
            row.attributes = document.attributes
            (row.pinned, row.watched) = (isPinned, isWatched)
            try transaction.insert(&row)
            let documentId = row.id ?? 0
            let entries = try transaction.insertChunks(
                embeddingId: embedding, workspaceDocumentId: documentId, newVectorId: source.uuid
            ).map { VectorEntry(id: $0.id, document: documentId, vector: $0.vector) }
            if let other = try transaction.embedder(workspaceId: workspace.id, beside: documentId),
                other != key.embedder
            {
                throw OtherEmbedder(name: other)
            }
            try Self.check(entries, fit: index)
            try follower.commit(transaction, entries.count)
            if !replaced.isEmpty {
                swapped = [workspace.id]
                gate.begin(swapped)
            }
            transaction.afterCommit { [replaced] in
                for old in replaced { indexes.remove(document: old, workspaceId: workspace.id) }
                indexes.insert(entries, embedder: key.embedder, workspaceId: workspace.id)
            }
        }
    }

    func storedEmbedding(
        _ key: EmbeddingKey, _ passages: [PassageRecord]?, _ transaction: Transaction
    ) throws -> Int64 {
        if let stored = try transaction.embedding(key) { return stored }
        guard let passages else {
            // It was deleted between the two looks: its document was removed and another took its place.
            throw EmbeddingError(.cancelled, Self.removed)
        }
        return try transaction.insertEmbedding(key, passages: passages, createdAt: dependencies.source.now())
    }

    static func check(_ entries: [VectorEntry], fit index: any VectorIndex) throws {
        guard let expected = index.dimensions, let found = entries.first?.vector.count, found != expected else {
            return
        }
        throw VectorIndexError.dimensionMismatch(expected: expected, found: found)
    }
}
