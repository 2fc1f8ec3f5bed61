import Storage

/// Where one document of a job is.
public struct JobDocument: Sendable, Equatable {
    public enum Stage: String, Sendable {
        case pending
        case reading
        case embedding
        case storing
        case embedded
        case skipped
        case failed
    }

    public var docpath: String
    public var stage: Stage
    /// Chunks that have been embedded, and how many there are; nil outside of stage `embedding`.
    public var chunks: (done: Int, total: Int)?
    /// Why it failed.
    public var error: String?

    public static func == (one: JobDocument, other: JobDocument) -> Bool {
        one.docpath == other.docpath && one.stage == other.stage && one.error == other.error
            && one.chunks?.done == other.chunks?.done && one.chunks?.total == other.chunks?.total
    }
}

extension JobDocument {
    init(_ record: JobDocumentRecord) {
        let stage: Stage =
            switch record.outcome {
            case .embedded: .embedded
            case .skipped: .skipped
            case .failed: .failed
            case nil: .pending
            }
        self.init(docpath: record.docpath, stage: stage, error: record.error)
    }

    init(_ docpath: String, _ stage: EmbeddingFollower.Stage) {
        switch stage {
        case .reading: self.init(docpath: docpath, stage: .reading)
        case .embedding(let done, let total):
            self.init(docpath: docpath, stage: .embedding, chunks: (done, total))
        case .storing: self.init(docpath: docpath, stage: .storing)
        }
    }
}
