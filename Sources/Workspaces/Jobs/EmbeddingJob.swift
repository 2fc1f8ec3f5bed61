import Storage

/// Documents that are being embedded in a workspace, or have been, while nobody waits for the answer.
public struct EmbeddingJob: Sendable, Equatable {
    public enum State: String, Sendable {
        case queued
        case running
        case completed
        case cancelled
        /// It could not go on; ``EmbeddingJob/error`` says why.
        case failed
    }

    public var uuid: String
    public var workspaceSlug: String
    public var state: State
    public var error: String?
    /// Number of documents.
    public var total: Int
    public var embedded: Int
    public var skipped: Int
    public var failed: Int
    /// Chunks of the embedded documents.
    public var chunks: Int
    /// Milliseconds since 1970, UTC.
    public var createdAt: Int64
    public var startedAt: Int64?
    public var endedAt: Int64?

    public var pending: Int { total - embedded - skipped - failed }
    var hasEnded: Bool { endedAt != nil }
}

extension EmbeddingJob {
    init(_ record: JobRecord) {
        uuid = record.uuid
        workspaceSlug = record.workspaceSlug
        state =
            switch record.state {
            case .queued: .queued
            case .running: .running
            case .completed: .completed
            case .cancelled: .cancelled
            case .failed: .failed
            }
        error = record.error
        total = record.total
        embedded = record.embedded
        skipped = record.skipped
        failed = record.failed
        chunks = record.chunks
        createdAt = record.createdAt
        startedAt = record.startedAt
        endedAt = record.endedAt
    }
}
