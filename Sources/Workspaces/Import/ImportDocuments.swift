import AnythingLLMImport
import Documents
import OrderedJSON
import SentenceEmbedding
import Storage

/// Takes the documents one after the other, each with its vectors and its places in workspaces in one transaction.
struct ImportDocuments: Sendable {
    let dependencies: Dependencies
    let folder: StorageFolder
    let check: CachedVectorCheck
    let isDryRun: Bool

    /// An embedder that fails so often in a row is not there.
    private static let failureLimit = 5

    /// What earlier runs have taken.
    private struct Earlier {
        var documents: ImportedIds
        var placements: ImportedIds
    }

    func callAsFunction(
        _ rows: ImportedRows, _ report: inout ImportReport, _ progress: (ImportProgress) -> Void
    ) async throws {
        let plan = DocumentPlan(links: rows.contents.links, files: folder.docpaths()) { rows.workspace($0) != nil }
        report.documents.found = plan.documents.count
        report.placements.found = rows.contents.links.count - plan.duplicates
        report.count("further copy of a document in the same workspace: taken once", plan.duplicates)
        report.count("document of a workspace that does not exist", plan.orphans)
        for path in plan.refused { report.note("Document \(path.debugDescription): this is no path of a document.") }
        if rows.contents.links.contains(where: \.watched) {
            report.note("Documents that AnythingLLM fetched again on a schedule are imported as they are.")
        }
        var earlier = try dependencies.database.read { transaction in
            Earlier(
                documents: try ImportedIds(.documents, source: rows.contents.identity, transaction),
                placements: try ImportedIds(.workspaceDocuments, source: rows.contents.identity, transaction))
        }
        var failuresInARow = 0
        for (number, planned) in plan.documents.enumerated() {
            try Task.checkCancellation()
            let failures = report.failures
            try await take(planned, rows, &earlier, &report)
            failuresInARow = report.failures > failures ? failuresInARow + 1 : 0
            if failuresInARow == Self.failureLimit {
                throw EmbeddingError(
                    .upstream,
                    "The embedder has failed \(failuresInARow) times in a row: \(report.notes.last ?? "") Mend it and "
                        + "run the import again: it goes on where it was.")
            }
            progress(ImportProgress(stage: .documents, done: number + 1, total: plan.documents.count))
        }
    }

    private func take(
        _ planned: PlannedDocument, _ rows: ImportedRows, _ earlier: inout Earlier, _ report: inout ImportReport
    ) async throws {
        let links = planned.links.filter { earlier.placements[$0.id] == nil }
        report.placements.present += planned.links.count - links.count
        var existing: LibraryDocumentRecord?
        if let id = earlier.documents[planned.docpath] {
            report.documents.present += 1
            if links.isEmpty { return }
            existing = try dependencies.database.read { try $0.document(id: id) }
            if existing == nil { return report.count("document taken earlier and removed here since") }
        }
        let source: DocumentSource
        do {
            source = try DocumentSource(planned, in: folder, known: try existing.map(known))
        } catch let fault as DocumentFault {
            return report.note("Document \(planned.docpath) is not imported: \(fault), and \(CacheFault.missing).")
        }
        if source.isRebuilt {
            report.note("Document \(planned.docpath): its file is missing; its text is put together from its passages.")
        }
        var document = ImportedDocument(
            existing: existing, sourcePath: planned.docpath, metadata: source.document.metadata,
            text: source.document.pageContent, links: links)
        try await addPassages(to: &document, source, &report)
        if existing == nil { report.documents.imported += 1 }
        report.placements.imported += document.links.count
        if isDryRun { return }
        try write(document, rows, &earlier)
    }

    private func known(_ record: LibraryDocumentRecord) throws -> ForeignDocument {
        let text = try dependencies.database.read { try $0.text(documentId: record.id ?? 0) }
        return ForeignDocument(metadata: StoredJSON.object(record.metadata), pageContent: text)
    }

    /// Takes the cached vectors or embeds; a document for which neither is possible goes into no workspace now, and the
    /// next run tries again.
    private func addPassages(
        to document: inout ImportedDocument, _ source: DocumentSource, _ report: inout ImportReport
    ) async throws {
        let path = document.sourcePath
        do {
            if let cached = try await reusable(source, wantsReason: !document.links.isEmpty, &report) {
                document.passages = try cached.chunks.map {
                    PassageRecord(text: $0.text, vector: try UnitVector.normalised($0.vector))
                }
                document.isReused = true
                report.reusedVectors += 1
            } else if document.links.isEmpty {
                return
            } else if document.text.isEmpty {
                document.links = []
                report.note("Document \(path) is in the library, but in no workspace: it has no text.")
            } else {
                report.embedded += 1
                if !isDryRun { document.passages = try await embed(document) }
            }
        } catch let error as EmbeddingError where error.code != .cancelled {
            document.links = []
            report.failures += 1
            report.note("Document \(path) is in the library, but in no workspace: \(error.message)")
        } catch let error as TextSplitterError {
            document.links = []
            report.note("Document \(path) is in the library, but in no workspace: \(error)")
        }
    }

    /// The cached passages, when they are what the embedder would make.
    private func reusable(
        _ source: DocumentSource, wantsReason: Bool, _ report: inout ImportReport
    ) async throws(EmbeddingError) -> CachedChunks? {
        let reason: String
        if check.policy == .discard {
            reason = "as asked for"
        } else if let fault = source.cacheFault {
            reason = fault.description
        } else if source.isStale {
            reason = "the cached vectors are of an earlier state of the document"
        } else if let cached = source.cached {
            switch try await check(cached) {
            case .same: return cached
            case .otherModel: reason = "the cached vectors are of another model"
            case .otherDimensions(let number): reason = "the cached vectors have \(number) dimensions"
            }
        } else {
            reason = CacheFault.missing.description
        }
        if wantsReason { report.count("document to embed again: \(reason)") }
        return nil
    }

    private func embed(_ document: ImportedDocument) async throws -> [PassageRecord] {
        let embedder = check.embedder
        let sizes = try ChunkSizes(dependencies)
        let prefix = embedder.passagePrefix + ChunkHeader.text(for: document.metadata)
        let texts = try TextSplitter(chunkSize: sizes.size, overlap: sizes.overlap).split(document.text)
            .map { prefix + $0 }
        let vectors = try await embedder.embed(passages: texts)
        guard !texts.isEmpty, vectors.count == texts.count else {
            throw EmbeddingError(.upstream, "The embedder gave \(vectors.count) vectors for \(texts.count) passages.")
        }
        return try zip(texts, vectors).map { PassageRecord(text: $0, vector: try UnitVector.normalised($1)) }
    }

    private func write(_ document: ImportedDocument, _ rows: ImportedRows, _ earlier: inout Earlier) throws {
        let sizes = try ChunkSizes(dependencies)
        let writer = DocumentWriter(dependencies: dependencies, sizes: sizes, embedder: check.embedder.identifier)
        var changed = earlier
        try dependencies.database.write { transaction in
            try writer(document, rows, &changed.documents, &changed.placements, transaction)
        }
        earlier = changed
    }
}
