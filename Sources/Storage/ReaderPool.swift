import Foundation
import GRDB

/// Read-only connections, each used by one thread at a time.
///
/// GRDB's own pool takes three locks and a savepoint for a read; when more requests than cores read at once, most of
/// their time went into waking each other. Here a thread takes the connection that was used last, runs one deferred
/// transaction on it and gives it back.
final class ReaderPool: @unchecked Sendable {  // `idle` and `count` are touched only while `condition` is locked.
    private let path: String
    private let configuration: Configuration
    private let condition = NSCondition()
    private var idle: [DatabaseQueue] = []
    private var count = 0

    /// - Parameter configuration: its `maximumReaderCount` bounds the connections.
    init(path: String, configuration: Configuration) {
        self.path = path
        self.configuration = configuration
    }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let connection = try take()
        defer { giveBack(connection) }
        return try connection.unsafeRead { db in
            // One transaction: every statement of `body` sees the same commit.
            try db.transaction("BEGIN DEFERRED") { try body(db) }
        }
    }

    private func take() throws -> DatabaseQueue {
        let found: DatabaseQueue? = condition.withLock {
            while idle.isEmpty, count >= configuration.maximumReaderCount { condition.wait() }
            if let connection = idle.popLast() { return connection }
            count += 1
            return nil
        }
        if let found { return found }
        do {
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            condition.withLock { count -= 1 }
            condition.signal()
            throw error
        }
    }

    private func giveBack(_ connection: DatabaseQueue) {
        condition.withLock { idle.append(connection) }
        condition.signal()
    }
}
