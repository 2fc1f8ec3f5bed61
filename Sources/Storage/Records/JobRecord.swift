public import GRDB

/// A row of `jobs`: documents that are to be embedded in a workspace. Dates are milliseconds since 1970, UTC.
public struct JobRecord: Sendable, Equatable {
    public enum State: String, Sendable {
        case queued
        case running
        case completed
        case cancelled
        /// It cannot go on: its workspace has gone.
        case failed
    }

    public var id: Int64?
    public var uuid: String
    public var workspaceId: Int64
    public var workspaceSlug: String
    public var workspaceName: String
    public var state: State
    /// Why it failed.
    public var error: String?
    /// Number of documents, and what became of those that are done.
    public var total: Int
    public var embedded = 0
    public var skipped = 0
    public var failed = 0
    /// Chunks of the embedded documents.
    public var chunks = 0
    public var createdAt: Int64
    public var startedAt: Int64?
    public var endedAt: Int64?

    /// A job that has not begun; one without documents is done.
    public init(
        uuid: String, workspaceId: Int64, workspaceSlug: String, workspaceName: String, total: Int, createdAt: Int64
    ) {
        self.uuid = uuid
        self.workspaceId = workspaceId
        self.workspaceSlug = workspaceSlug
        self.workspaceName = workspaceName
        self.total = total
        self.createdAt = createdAt
        state = total == 0 ? .completed : .queued
        startedAt = total == 0 ? createdAt : nil
        endedAt = startedAt
    }

    static let columns = """
        id, uuid, workspaceId, workspaceSlug, workspaceName, state, error, total, embedded, skipped, failed, chunks, \
        createdAt, startedAt, endedAt
        """
}

extension JobRecord: FetchableRecord, MutablePersistableRecord {
    public static let databaseTableName = "jobs"

    public init(row: Row) {
        id = row[0]
        uuid = row[1]
        workspaceId = row[2]
        workspaceSlug = row[3]
        workspaceName = row[4]
        // The schema lets no other text in.
        state = State(rawValue: row[5]) ?? .failed
        error = row[6]
        total = row[7]
        embedded = row[8]
        skipped = row[9]
        failed = row[10]
        chunks = row[11]
        createdAt = row[12]
        startedAt = row[13]
        endedAt = row[14]
    }

    public func encode(to container: inout PersistenceContainer) {
        container["id"] = id
        container["uuid"] = uuid
        container["workspaceId"] = workspaceId
        container["workspaceSlug"] = workspaceSlug
        container["workspaceName"] = workspaceName
        container["state"] = state.rawValue
        container["error"] = error
        container["total"] = total
        container["embedded"] = embedded
        container["skipped"] = skipped
        container["failed"] = failed
        container["chunks"] = chunks
        container["createdAt"] = createdAt
        container["startedAt"] = startedAt
        container["endedAt"] = endedAt
    }

    public mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}
