public import Foundation

/// A turn, among processes, at what only one may change at a time: the schema, and nginx's map of the keys.
///
/// An advisory lock (`flock(2)`) on the storage directory itself. It is waited for, because whoever holds it is about to
/// give it back; ``StorageLock`` is held as long as a server serves.
public final class StorageTurn: Sendable {
    private let descriptor: Int32

    /// Waits for the turn, which lasts as long as the value.
    ///
    /// - Throws: ``StorageError`` with code `disk` when the directory cannot be opened or locked.
    public init(directory: URL) throws(StorageError) {
        descriptor = open(directory.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StorageError(
                code: .disk, message: "Cannot open \(directory.path): \(String(cString: strerror(errno)))")
        }
        while flock(descriptor, LOCK_EX) != 0 {
            if errno == EINTR { continue }
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw StorageError(code: .disk, message: "Cannot lock \(directory.path): \(reason)")
        }
    }

    deinit { close(descriptor) }
}
