import Storage

/// Creates, shows and cancels jobs that embed documents while nobody waits.
public struct EmbeddingJobs: Sendable {
    /// What became of the documents of a job.
    public struct Details: Sendable, Equatable {
        public var status: JobStatus
        public var documents: [JobDocument]
    }

    /// Milliseconds for which a job that has ended is kept.
    private static let keepingTime: Int64 = 30 * 86_400_000

    private let dependencies: Dependencies

    public init(_ dependencies: Dependencies) { self.dependencies = dependencies }

    /// Removes documents from a workspace at once and leaves the embedding of others to a job.
    ///
    /// - Parameters: as of ``UpdateEmbeddings``.
    /// - Throws: ``LibraryRefusal`` for a path that normalises to nothing, before anything has been done.
    public func create(_ workspace: Workspace, adds: [String], deletes: [String]) throws -> JobStatus {
        let update = UpdateEmbeddings(dependencies)
        let paths = try adds.map(UpdateEmbeddings.normalised)
        let now = dependencies.source.now()
        let job = try dependencies.database.write { transaction in
            try transaction.deleteJobs(endedBefore: now - Self.keepingTime)
            if !deletes.isEmpty { try update.remove(deletes, from: workspace, transaction) }
            var job = JobRecord(
                uuid: dependencies.source.uuid(), workspaceId: workspace.id, workspaceSlug: workspace.slug,
                workspaceName: workspace.name, total: paths.count, createdAt: now)
            try transaction.insert(&job, docpaths: paths)
            return job
        }
        dependencies.jobBoard.signal(nil)
        return status(job)
    }

    /// Jobs from the newest to the oldest, and how many there are.
    public func list(limit: Int, offset: Int) throws -> (jobs: [JobStatus], total: Int) {
        let (jobs, total) = try dependencies.database.read { transaction in
            (try transaction.jobs(limit: limit, offset: offset), try transaction.jobCount())
        }
        return (jobs.map(status), total)
    }

    /// Nil when there is no such job.
    public func details(_ uuid: String) throws -> Details? {
        let found = try dependencies.database.read { transaction -> (JobRecord, [JobDocumentRecord])? in
            guard let job = try transaction.job(uuid: uuid), let id = job.id else { return nil }
            return (job, try transaction.jobDocuments(jobId: id))
        }
        return found.map { Details(status: status($0), documents: $1.map { JobDocument($0) }) }
    }

    /// Ends a job; documents that it has embedded stay, the one in work is left. Nil when there is no such job, and no
    /// change when it has ended already.
    public func cancel(_ uuid: String) throws -> JobStatus? {
        let now = dependencies.source.now()
        let job = try dependencies.database.write { transaction -> JobRecord? in
            guard let id = try transaction.job(uuid: uuid)?.id else { return nil }
            if try transaction.endJob(id: id, .cancelled, at: now), let job = try transaction.job(id: id) {
                try JobLedger(dependencies: dependencies).noteEnd(of: job, transaction)
            }
            return try transaction.job(id: id)
        }
        if let id = job?.id { dependencies.jobBoard.cancel(id) }
        return job.map(status)
    }

    /// Whether there is such a job.
    public func exists(_ uuid: String) throws -> Bool {
        try dependencies.database.read { try $0.job(uuid: uuid) != nil }
    }

    private func status(_ record: JobRecord) -> JobStatus {
        dependencies.jobBoard.status(of: EmbeddingJob(record), id: record.id ?? 0)
    }
}
