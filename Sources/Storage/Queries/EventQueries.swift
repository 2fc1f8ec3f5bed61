import GRDB

extension Transaction {
    /// Appends a row to the event log; `metadata` is JSON text.
    public func insertEvent(_ event: String, metadata: String, userId: Int64? = nil, occurredAt: Int64) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO eventLogs (event, metadata, userId, occurredAt) VALUES (?, ?, ?, ?)")
        try statement.execute(arguments: [event, metadata, userId, occurredAt])
    }

    /// Events from the newest to the oldest.
    public func events(limit: Int, offset: Int = 0) throws -> [EventRecord] {
        try EventRecord.fetchAll(
            db, sql: "SELECT * FROM eventLogs ORDER BY id DESC LIMIT ? OFFSET ?", arguments: [limit, offset])
    }

    /// Counts one more `event`, unless the last count lies less than `coolDown` milliseconds back.
    public func countTelemetry(_ event: String, properties: String, at now: Int64, coolDown: Int64) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO telemetry (event, count, lastAt, properties) VALUES (?1, 1, ?2, ?3)
                ON CONFLICT (event) DO UPDATE SET count = count + 1, lastAt = ?2, properties = ?3
                WHERE lastAt <= ?2 - ?4
                """)
        try statement.execute(arguments: [event, now, properties, coolDown])
    }

    /// How often each telemetry event was counted.
    public func telemetryCounts() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT event, count FROM telemetry")
        while let row = try rows.next() { counts[row[0]] = row[1] }
        return counts
    }
}
