import GRDB

/// A failure of the database, in terms that a use case can act on.
public struct StorageError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// A unique column already holds the value; `column` is `table.column`.
        case notUnique(column: String)
        /// Another constraint of the schema refused the row.
        case constraint
        /// Another process holds the storage directory.
        case locked
        /// The disk is full, or a file cannot be read or written.
        case disk
        /// The file is no database of ours, or is damaged.
        case damaged
        /// The database was written by a newer version of the program.
        case newerSchema
        case other
    }

    public var code: Code
    /// What happened and what to do about it.
    public var message: String
    public var cause: (any Error)?

    public init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var description: String { message }
}

extension StorageError {
    /// Sorts SQLite's result codes (sqlite.org/rescode.html) into ours.
    init(_ error: DatabaseError) {
        let text = error.message ?? "unknown database error"
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY:
            let column = text.split(separator: ": ").last.map(String.init) ?? text
            self.init(code: .notUnique(column: column), message: text, cause: error)
        default:
            let code: Code =
                switch error.resultCode {
                case .SQLITE_CONSTRAINT: .constraint
                case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM: .disk
                case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged
                default: .other
                }
            self.init(code: code, message: text, cause: error)
        }
    }
}
