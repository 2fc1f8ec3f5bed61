public import Foundation
import GRDB

/// The one SQLite file that holds everything: workspaces, documents, vectors, chats, keys, settings, events.
///
/// Writers are serialised; readers see the last commit and never wait for a writer (WAL). All methods block the
/// calling thread, which is why they are called on responder threads and not on Swift's cooperative pool.
public struct CarrelDatabase: Sendable {
    let writer: any DatabaseWriter
    private let commits = CommitCounter()
    /// Nil for a database in memory, whose one connection serves all.
    private let readers: ReaderPool?

    /// Opens `carrel.db` in `directory`, creating both when missing, and brings the schema up to date.
    ///
    /// - Throws: ``StorageError``: disk, damaged or newerSchema, with what to do.
    public init(directory: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StorageError(code: .disk, message: "Cannot create \(directory.path): \(error.localizedDescription)")
        }
        let path = directory.appending(path: "carrel.db").path
        // Two processes that open a new database at once must not both create the schema.
        let turn = try StorageTurn(directory: directory)
        defer { withExtendedLifetime(turn) {} }
        do {
            try self.init(writer: DatabasePool(path: path, configuration: Self.configuration()), path: path)
        } catch var error as StorageError {
            error.message = "\(path): \(error.message)"
            throw error
        }
    }

    /// A database in memory, with the same schema, for tests.
    public init() throws {
        try self.init(writer: DatabaseQueue(configuration: Self.configuration()))
    }

    private init(writer: @autoclosure () throws -> any DatabaseWriter, path: String? = nil) throws {
        var reading = Self.configuration()
        reading.readonly = true
        readers = path.map { [reading] in ReaderPool(path: $0, configuration: reading) }
        self.writer = try Self.translatingErrors(writer)
        try Self.translatingErrors { [writer = self.writer] in
            // An acknowledged write survives a power cut; with WAL that is one fsync a commit. Not while the connection
            // is prepared: GRDB sets NORMAL, which syncs at checkpoints only, when it has turned WAL on after that.
            try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            if try writer.read({ try Migrations.migrator.hasBeenSuperseded($0) }) {
                throw StorageError(
                    code: .newerSchema, message: "The database was written by a newer carrel. Install that version.")
            }
            try Migrations.migrator.migrate(writer)
        }
    }

    /// Runs `body` on one consistent view of the database.
    public func read<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        try Self.translatingErrors {
            if let readers { return try readers.read { try body(Transaction(db: $0)) } }
            return try writer.read { try body(Transaction(db: $0)) }
        }
    }

    /// A number that is another one after every write through this value, at the latest when the write returns.
    ///
    /// What was read after looking at it is still current while it is the same. Writes of other processes do not count:
    /// only keys are written beside a running server.
    public var generation: UInt64 { commits.value }

    /// Runs `body` as one transaction: all of its writes are kept, or none when it throws.
    public func write<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        defer { commits.increment() }
        return try Self.translatingErrors {
            try writer.writeWithoutTransaction { db in
                try db.transaction("BEGIN IMMEDIATE") { try body(Transaction(db: db)) }
            }
        }
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "carrel"
        // Readers are responder threads; each waits for a connection rather than opening one of its own.
        configuration.maximumReaderCount = 8
        // `keys` writes beside a running server: wait for its commit instead of failing at once.
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            // 2 MB of pages for each connection (KiB when negative), forgotten at every commit of another one; the
            // kernel's cache holds the rest, once for all.
            try db.execute(sql: "PRAGMA cache_size = -2048")
            db.add(tokenizer: LexicalTokenizer.self)
        }
        return configuration
    }

    private static func translatingErrors<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StorageError(error)
        }
    }
}
