import Storage

/// Tells a listener what happens to a job, until it ends.
public struct FollowJob: Sendable {
    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// - Parameters:
    ///   - emit: called with one event after the other; when it throws, listening ends.
    /// - Throws: what `emit` throws, ``StorageError``.
    ///
    /// Ends when the job does, when it has been deleted, when the server stops, and when the task is cancelled.
    public func callAsFunction(_ uuid: String, emit: (JobEvent) async throws -> Void) async throws {
        guard let id = try dependencies.database.read({ try $0.job(uuid: uuid)?.id }) else { return }
        // Listening begins before the first look, so that nothing is missed.
        var signals = dependencies.jobBoard.signals(of: id).makeAsyncIterator()
        guard let first = try look(id, finishedAfter: .max) else { return }
        var seen = first.status.job.total - first.status.job.pending
        var shown = first.status.working
        var now = first
        try await emit(.status(first.status))
        while !now.status.job.hasEnded {
            if dependencies.jobBoard.isPaused { return try await emit(.paused(now.status)) }
            guard await signals.next() != nil, let next = try look(id, finishedAfter: seen) else { return }
            for document in next.finished { try await emit(.document(document, next.status)) }
            for document in next.status.working where !shown.contains(document) {
                try await emit(.document(document, next.status))
            }
            seen += next.finished.count
            shown = next.status.working
            now = next
        }
        try await emit(.end(now.status))
    }

    /// The job and its documents that were done after the `count` first ones; nil when it has been deleted.
    private func look(_ id: Int64, finishedAfter count: Int) throws -> (status: JobStatus, finished: [JobDocument])? {
        let found = try dependencies.database.read { transaction -> (JobRecord, [JobDocumentRecord])? in
            guard let job = try transaction.job(id: id) else { return nil }
            return (job, try transaction.jobDocuments(jobId: id, finishedAfter: count))
        }
        return found.map { job, documents in
            (dependencies.jobBoard.status(of: EmbeddingJob(job), id: id), documents.map { JobDocument($0) })
        }
    }
}
