import GRDB

extension Transaction {
    /// Stores a job with its documents, in their order.
    public func insert(_ job: inout JobRecord, docpaths: [String]) throws {
        try job.insert(db)
        let statement = try db.cachedStatement(
            sql: "INSERT INTO jobDocuments (jobId, position, docpath) VALUES (?, ?, ?)")
        for (position, docpath) in docpaths.enumerated() {
            try statement.execute(arguments: [job.id, position, docpath])
        }
    }

    public func job(id: Int64) throws -> JobRecord? {
        let statement = try db.cachedStatement(sql: "SELECT \(JobRecord.columns) FROM jobs WHERE id = ?")
        return try JobRecord.fetchOne(statement, arguments: [id])
    }

    public func job(uuid: String) throws -> JobRecord? {
        let statement = try db.cachedStatement(sql: "SELECT \(JobRecord.columns) FROM jobs WHERE uuid = ?")
        return try JobRecord.fetchOne(statement, arguments: [uuid])
    }

    /// Jobs from the newest to the oldest.
    public func jobs(limit: Int, offset: Int) throws -> [JobRecord] {
        let statement = try db.cachedStatement(
            sql: "SELECT \(JobRecord.columns) FROM jobs ORDER BY id DESC LIMIT ? OFFSET ?")
        return try JobRecord.fetchAll(statement, arguments: [limit, offset])
    }

    public func jobCount() throws -> Int { try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM jobs") ?? 0 }

    /// The jobs that have not ended, oldest first.
    public func openJobs() throws -> [JobRecord] {
        let statement = try db.cachedStatement(
            sql: "SELECT \(JobRecord.columns) FROM jobs WHERE endedAt IS NULL ORDER BY id")
        return try JobRecord.fetchAll(statement)
    }

    /// Notes that work on a job has begun.
    public func startJob(id: Int64, at now: Int64) throws {
        try db.execute(
            sql: "UPDATE jobs SET state = 'running', startedAt = ? WHERE id = ? AND startedAt IS NULL",
            arguments: [now, id])
    }

    /// - Returns: false when it had ended already.
    public func endJob(id: Int64, _ state: JobRecord.State, error: String? = nil, at now: Int64) throws -> Bool {
        try db.execute(
            sql: "UPDATE jobs SET state = ?, error = ?, endedAt = ? WHERE id = ? AND endedAt IS NULL",
            arguments: [state.rawValue, error, now, id])
        return db.changesCount > 0
    }

    public func deleteJobs(endedBefore time: Int64) throws {
        try db.execute(sql: "DELETE FROM jobs WHERE endedAt < ?", arguments: [time])
    }
}
