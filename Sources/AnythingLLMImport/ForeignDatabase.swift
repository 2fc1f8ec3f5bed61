public import Foundation
import GRDB

/// AnythingLLM's SQLite database, opened so that nothing is written to it or beside it.
///
/// A database with side files, or in WAL mode, is read from a copy; any other is opened read-only, which takes a shared
/// lock for the time of a reading and creates no file.
public final class ForeignDatabase: Sendable {
    private let queue: DatabaseQueue
    /// Kept as long as the connection.
    private let copy: DatabaseCopy?

    /// - Throws: ``ForeignStorageError`` for what is no database of AnythingLLM.
    public init(file: URL) throws(ForeignStorageError) {
        let header = try Self.header(of: file)
        // Bytes 18 and 19 are 2 in WAL mode (sqlite.org/fileformat.html).
        let usesWAL = header[18] == 2 || header[19] == 2
        copy = usesWAL || DatabaseCopy.hasSideFiles(file) ? try DatabaseCopy(of: file) : nil
        do {
            var configuration = Configuration()
            configuration.label = "anythingllm"
            configuration.busyMode = .timeout(10)
            // A copy is ours to roll back and to check point.
            configuration.readonly = copy == nil
            configuration.foreignKeysEnabled = false
            queue = try DatabaseQueue(path: (copy?.file ?? file).path, configuration: configuration)
            try queue.read { try Self.checkTables($0, file) }
        } catch let error as ForeignStorageError {
            throw error
        } catch {
            throw Self.unreadable(file, error)
        }
        self.file = file
    }

    private let file: URL

    /// Runs `body` on one consistent view of the database.
    ///
    /// - Throws: ``ForeignStorageError`` when the database cannot be read, and what `body` throws.
    public func read<Value>(_ body: (ForeignTables) throws -> Value) throws -> Value {
        do {
            return try queue.read { try body(ForeignTables(db: $0, file: file)) }
        } catch let error as DatabaseError {
            throw Self.unreadable(file, error)
        }
    }

    private static func header(of file: URL) throws(ForeignStorageError) -> [UInt8] {
        let bytes: Data
        do {
            let handle = try FileHandle(forReadingFrom: file)
            defer { try? handle.close() }  // It was only read.
            bytes = try handle.read(upToCount: 100) ?? Data()
        } catch {
            throw ForeignStorageError(
                .notAStorage,
                "There is no readable \(file.path). --storage names AnythingLLM's storage folder; when the database "
                    + "lies elsewhere, name it with --database.")
        }
        if bytes.isEmpty {
            throw ForeignStorageError(
                .notAStorage, "\(file.path) is empty: AnythingLLM has never been started with this storage.")
        }
        guard bytes.count == 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw ForeignStorageError(.notAStorage, "\(file.path) is no SQLite database.")
        }
        return Array(bytes)
    }

    private static func checkTables(_ db: Database, _ file: URL) throws {
        let missing = try ["workspaces", "workspace_documents", "workspace_chats", "system_settings"].filter {
            try !db.tableExists($0)
        }
        if missing.isEmpty { return }
        throw ForeignStorageError(
            .notAStorage,
            "\(file.path) is no database of AnythingLLM: it lacks \(missing.joined(separator: ", ")).")
    }

    private static func unreadable(_ file: URL, _ error: any Error) -> ForeignStorageError {
        if let error = error as? DatabaseError, error.resultCode == .SQLITE_BUSY {
            return ForeignStorageError(.busy, "\(file.path) is being written. Stop AnythingLLM during the import.")
        }
        return ForeignStorageError(.unreadable, "Cannot read \(file.path): \(error)")
    }
}
