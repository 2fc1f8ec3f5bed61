public import GRDB

/// A row of `eventLogs`.
public struct EventRecord: Sendable, Equatable {
    public var id: Int64
    public var event: String
    /// JSON text, `{}` when the event has no details.
    public var metadata: String
    public var userId: Int64?
    public var occurredAt: Int64
}

extension EventRecord: FetchableRecord {
    public init(row: Row) {
        id = row["id"]
        event = row["event"]
        metadata = row["metadata"]
        userId = row["userId"]
        occurredAt = row["occurredAt"]
    }
}
