import AnythingLLMImport
import OrderedJSON

/// Text and cached vectors of one document of the source, each looked for once.
struct DocumentSource {
    let document: ForeignDocument
    let cached: CachedChunks?
    /// Why there are no cached vectors to take.
    let cacheFault: CacheFault?
    /// The file was missing or damaged: the text is put together from the passages.
    let isRebuilt: Bool

    /// The vectors were made from an earlier state of the document (contract/storage.md 8, stale cache).
    var isStale: Bool {
        guard !isRebuilt, let cached, let then = cached.metadata["published"] else { return false }
        return document.metadata["published"] != then
    }

    /// - Parameter known: text and keys from an earlier run, in place of the file.
    /// - Throws: ``DocumentFault`` when neither file nor passages are there.
    init(_ planned: PlannedDocument, in folder: StorageFolder, known: ForeignDocument?) throws(DocumentFault) {
        let (cached, fault) = Self.cached(planned, folder)
        self.cached = cached
        cacheFault = fault
        if let known {
            document = known
            isRebuilt = false
            return
        }
        do {
            document = try folder.document(planned.docpath)
            isRebuilt = false
        } catch {
            guard error != .outside, let cached else { throw error }
            let metadata = planned.links.lazy.compactMap { ImportedRecords.metadata(of: $0) }.first
            document = ForeignDocument(metadata: metadata ?? cached.metadata, pageContent: RebuiltText.of(cached))
            isRebuilt = true
        }
    }

    private static func cached(
        _ planned: PlannedDocument, _ folder: StorageFolder
    ) -> (CachedChunks?, CacheFault?) {
        var fault = CacheFault.missing
        for path in planned.cachePaths {
            do {
                return (try folder.cachedChunks(path), nil)
            } catch {
                if error != .missing { fault = error }
            }
        }
        return (nil, fault)
    }
}
