public import Foundation

/// The right to serve a storage directory, held by one process at a time.
///
/// An advisory lock (`flock(2)`) on the file `carrel.lock`: the kernel drops it when the process ends in whatever
/// way, so a crash leaves nothing to clean up.
public final class StorageLock: Sendable {
    private let descriptor: Int32

    /// - Throws: ``StorageError`` with code `locked` when another process serves the directory.
    public init(directory: URL) throws(StorageError) {
        let path = directory.appending(path: "carrel.lock").path
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StorageError(code: .disk, message: "Cannot open \(path): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw StorageError(
                code: .locked,
                message: "Another carrel serve uses \(directory.path). Stop it, or set another STORAGE_DIR.")
        }
    }

    deinit { close(descriptor) }
}
