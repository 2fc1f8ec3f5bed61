import GRDB

extension Transaction {
    /// The first document of a job that is to do and not at one of `positions`.
    public func nextJobDocument(jobId: Int64, except positions: Set<Int>) throws -> JobDocumentRecord? {
        // Named, because SQLite takes the primary key, which has all that is done before what is to do.
        let sql = """
            SELECT \(JobDocumentRecord.columns) FROM jobDocuments INDEXED BY jobDocumentsToDo
            WHERE jobId = ? AND finished IS NULL
            ORDER BY position LIMIT ?
            """
        return try JobDocumentRecord.fetchAll(
            db.cachedStatement(sql: sql), arguments: [jobId, positions.count + 1]
        ).first { !positions.contains($0.position) }
    }

    public func jobDocument(jobId: Int64, position: Int) throws -> JobDocumentRecord? {
        let sql = "SELECT \(JobDocumentRecord.columns) FROM jobDocuments WHERE jobId = ? AND position = ?"
        return try JobDocumentRecord.fetchOne(db.cachedStatement(sql: sql), arguments: [jobId, position])
    }

    /// Notes what became of a document and counts it.
    ///
    /// - Parameter chunks: of an embedded document.
    /// - Returns: the job as it is now; nil, with nothing changed, when it had ended or the document was done already.
    public func finishJobDocument(
        jobId: Int64, position: Int, _ outcome: JobDocumentRecord.Outcome, error: String? = nil, chunks: Int = 0
    ) throws -> JobRecord? {
        guard var job = try job(id: jobId), job.endedAt == nil else { return nil }
        switch outcome {
        case .embedded: job.embedded += 1
        case .skipped: job.skipped += 1
        case .failed: job.failed += 1
        }
        job.chunks += chunks
        let statement = try db.cachedStatement(
            sql: """
                UPDATE jobDocuments SET finished = ?, outcome = ?, error = ?
                WHERE jobId = ? AND position = ? AND finished IS NULL
                """)
        try statement.execute(
            arguments: [job.embedded + job.skipped + job.failed, outcome.rawValue, error, jobId, position])
        guard db.changesCount > 0 else { return nil }
        try job.update(db)
        return job
    }

    /// The documents of a job in its order.
    public func jobDocuments(jobId: Int64) throws -> [JobDocumentRecord] {
        let sql = "SELECT \(JobDocumentRecord.columns) FROM jobDocuments WHERE jobId = ? ORDER BY position"
        return try JobDocumentRecord.fetchAll(db.cachedStatement(sql: sql), arguments: [jobId])
    }

    /// The documents that were done after the `count` first ones, in the order in which they were.
    public func jobDocuments(jobId: Int64, finishedAfter count: Int) throws -> [JobDocumentRecord] {
        let sql = """
            SELECT \(JobDocumentRecord.columns) FROM jobDocuments WHERE jobId = ? AND finished > ? ORDER BY finished
            """
        return try JobDocumentRecord.fetchAll(db.cachedStatement(sql: sql), arguments: [jobId, count])
    }
}
