import Foundation
import LibraryClient

/// The right to keep a state file, held by one watch at a time: two would send everything twice.
final class WatchLock {
    private let descriptor: Int32

    init(_ stateFile: URL) throws {
        try FileManager.default.createDirectory(
            at: stateFile.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let path = stateFile.path + ".lock"
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw LibraryClientError(.refused, "Cannot open \(path): \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw LibraryClientError(.refused, "Another `carrel watch` works with \(stateFile.path).")
        }
    }

    deinit { close(descriptor) }
}
