/// Why a snapshot file could not be used or written; the index is then rebuilt from the stored vectors.
public enum SnapshotFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The system refuses to open, map or read the file.
    case unreadable(reason: String)
    /// The file is no snapshot, or one of a machine with another byte order.
    case notASnapshot
    /// The file was written in another version of the format.
    case wrongVersion(expected: UInt64, found: UInt64)
    /// The file shows the index at another time than the database.
    case staleGeneration(expected: UInt64, found: UInt64)
    /// The file has another length than its header says.
    case wrongLength(expected: Int, found: Int)
    /// A checksum does not match, or a number in the header makes no sense.
    case damaged(part: String)
    /// The system refuses to write the file; nothing was left behind.
    case unwritable(reason: String)

    public var description: String {
        switch self {
        case .unreadable(let reason): "The index snapshot cannot be read: \(reason)."
        case .notASnapshot: "The file is no index snapshot."
        case .wrongVersion(let expected, let found):
            "The index snapshot has the format version \(found); this program reads version \(expected)."
        case .staleGeneration(let expected, let found):
            "The index snapshot belongs to generation \(found) of the data; the data is of generation \(expected)."
        case .wrongLength(let expected, let found):
            "The index snapshot has \(found) bytes; by its header it should have \(expected)."
        case .damaged(let part): "The index snapshot is damaged: \(part)."
        case .unwritable(let reason): "The index snapshot cannot be written: \(reason)."
        }
    }
}
