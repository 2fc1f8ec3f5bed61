import GRDB

/// A row whose columns may be missing, and whose values may have any type: SQLite enforces neither
/// (contract/storage.md 2 and 8).
struct ForeignRow {
    let row: Row

    /// Null for a column that this version of the schema lacks.
    func value(_ column: String) -> DatabaseValue { row.hasColumn(column) ? row[column] : .null }

    func text(_ column: String) -> String? {
        switch value(column).storage {
        case .string(let text): text
        case .int64(let number): String(number)
        case .double(let number): String(number)
        case .blob(let bytes): String(decoding: bytes, as: UTF8.self)
        case .null: nil
        }
    }

    func integer(_ column: String) -> Int64? {
        switch value(column).storage {
        case .int64(let number): number
        case .double(let number): Int64(exactly: number.rounded())
        case .string(let text): Int64(text)
        case .blob, .null: nil
        }
    }

    /// Nil also for what is not finite.
    func real(_ column: String) -> Double? {
        let number: Double? =
            switch value(column).storage {
            case .int64(let number): Double(number)
            case .double(let number): number
            case .string(let text): Double(text)
            case .blob, .null: nil
            }
        return number.flatMap { $0.isFinite ? $0 : nil }
    }

    func flag(_ column: String) -> Bool? {
        switch value(column).storage {
        case .string("true"): true
        case .string("false"): false
        default: integer(column).map { $0 != 0 }
        }
    }

    /// Milliseconds since 1970, UTC.
    func date(_ column: String) -> Int64? { ForeignDate.milliseconds(value(column)) }
}
