import Logging
import Storage

/// Works on the jobs that have not ended, those of earlier runs of the server first.
///
/// Each worker has a thread and takes one document at a time. A document is one transaction, in which it also becomes a
/// done one of its job: after a crash it is there and done, or neither. Cancelling the task of ``run()`` pauses: documents
/// in work are left as they were and taken up again by the next run.
public struct JobRunner: Sendable {
    /// How long a worker waits after the database failed, before it tries again.
    private static let pauseAfterFailure = Duration.seconds(5)

    private let dependencies: Dependencies
    private let workers: Int
    private var board: JobBoard { dependencies.jobBoard }

    /// - Parameter workers: documents in work at once, at least 1.
    public init(_ dependencies: Dependencies, workers: Int) {
        self.dependencies = dependencies
        self.workers = workers
    }

    /// Works until it is cancelled.
    public func run() async {
        await withTaskCancellationHandler {
            await withTaskGroup { group in
                group.addTask(executorPreference: JobExecutor(name: "carrel.fingerprints")) { fingerprint() }
                for worker in 1...workers {
                    let executor = JobExecutor(name: "carrel.job.\(worker)")
                    group.addTask(executorPreference: executor) { await work(on: executor) }
                }
            }
        } onCancel: {
            board.pause()
        }
    }

    private func fingerprint() {
        do {
            try FingerprintDocuments(dependencies: dependencies)()
        } catch {
            // Duplicates of these documents are not found until the next start.
            dependencies.logger.error(
                "documents not fingerprinted", metadata: ["error.reason": .string(LogReason.of(error))])
        }
    }

    private func work(on executor: JobExecutor) async {
        var signals = board.signals(of: nil).makeAsyncIterator()
        while !Task.isCancelled {
            do {
                if let place = try claim() {
                    try await work(at: place, on: executor)
                } else if await signals.next() == nil {
                    return
                }
            } catch {
                dependencies.logger.error(
                    "jobs wait because the database failed", metadata: ["error.reason": .string(LogReason.of(error))])
                // Cancelled by the end of the server, which ends the loop.
                try? await Task.sleep(for: Self.pauseAfterFailure)
            }
        }
    }

    private func claim() throws -> JobBoard.Place? {
        try dependencies.database.read { transaction in
            let jobs = try transaction.openJobs().compactMap(\.id)
            if jobs.isEmpty { return nil }
            return try board.claim(jobs, at: dependencies.source.now()) { job, taken in
                try transaction.nextJobDocument(jobId: job, except: taken).map { ($0.position, $0.docpath) }
            }
        }
    }

    /// - Throws: ``StorageError``; the document is then still to do.
    private func work(at place: JobBoard.Place, on executor: JobExecutor) async throws {
        var hasEnded = false
        defer { board.release(place, hasEnded: hasEnded) }
        // A task of its own, which a cancelled job ends without ending the worker.
        let task = Task(executorPreference: executor) { try await embed(place) }
        board.setCancellation({ task.cancel() }, of: place)
        try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
        hasEnded = try dependencies.database.read { try $0.job(id: place.job)?.endedAt != nil }
    }

    private func embed(_ place: JobBoard.Place) async throws {
        guard let (workspace, docpath) = try begin(place) else { return }
        let ledger = JobLedger(dependencies: dependencies)
        let follower = EmbeddingFollower(
            report: { board.report($0, of: place, at: dependencies.source.now()) },
            commit: { try ledger.finish(place, .embedded, chunks: $1, $0) })
        do {
            let outcome = try await EmbedDocument(dependencies: dependencies)(
                docpath, workspace: workspace, follower: follower)
            switch outcome {
            case .embedded: break
            case .skipped: try dependencies.database.write { try ledger.finish(place, .skipped, $0) }
            case .failed(let reason):
                // What was interrupted has not failed.
                if Task.isCancelled { return }
                try dependencies.database.write { try ledger.finish(place, .failed, error: reason, $0) }
            }
        } catch is JobLedger.JobEnded {
            // Cancelled meanwhile: nothing has been written.
        }
    }

    /// The workspace and the document's path; nil when the job cannot go on.
    private func begin(_ place: JobBoard.Place) throws -> (Workspace, docpath: String)? {
        let now = dependencies.source.now()
        let found = try dependencies.database.read { transaction in
            (
                job: try transaction.job(id: place.job),
                docpath: try transaction.jobDocument(jobId: place.job, position: place.position)?.docpath
            )
        }
        guard let job = found.job, job.endedAt == nil, let docpath = found.docpath else { return nil }
        if job.startedAt == nil { try dependencies.database.write { try $0.startJob(id: place.job, at: now) } }
        if let record = try dependencies.database.read({ try $0.workspace(id: job.workspaceId) }) {
            return (Workspace(record), docpath)
        }
        try dependencies.database.write { transaction in
            let reason = "The workspace was deleted."
            _ = try transaction.endJob(id: place.job, .failed, error: reason, at: now)
        }
        return nil
    }
}
