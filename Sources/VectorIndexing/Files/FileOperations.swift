import Glibc

/// The system calls that write a snapshot, so that tests can let the n-th one fail.
struct FileOperations: Sendable {
    /// As pwrite(2).
    var write: @Sendable (_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int, _ offset: Int) -> Int
    /// As fsync(2).
    var sync: @Sendable (_ file: Int32) -> Int32
    /// As rename(2).
    var rename: @Sendable (_ from: String, _ to: String) -> Int32

    static let system = FileOperations(
        write: { pwrite($0, $1, $2, off_t($3)) }, sync: { fsync($0) }, rename: { Glibc.rename($0, $1) })

    /// What errno says.
    static var reason: String { String(cString: strerror(errno)) }
}
