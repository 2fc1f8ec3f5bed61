import Foundation

/// A copy of a database with its side files in a folder of its own, which goes when the value does.
///
/// Reading a database that is in WAL mode, or rolling back what a crash left half done, writes beside it. That is done
/// to a copy, so that nothing is ever written to the source.
final class DatabaseCopy: Sendable {
    let file: URL
    private let folder: URL

    /// Endings of the files that hold a database's content. The index of the log, `-shm`, is made anew from the log.
    private static let endings = ["", "-wal", "-journal"]

    /// Whether other files than the database itself belong to it, left by a crash or used right now.
    static func hasSideFiles(_ file: URL) -> Bool {
        ["-wal", "-shm", "-journal"].contains { FileManager.default.fileExists(atPath: file.path + $0) }
    }

    /// - Throws: ``ForeignStorageError`` with code `busy` when the files keep changing while they are copied.
    init(of source: URL) throws(ForeignStorageError) {
        folder = FileManager.default.temporaryDirectory.appending(path: "carrel-import-\(UUID().uuidString)")
        file = folder.appending(path: source.lastPathComponent)
        for _ in 0..<Self.attempts {
            let before = Self.states(of: source)
            do {
                // What an earlier attempt has copied; nothing is there at the first.
                try? FileManager.default.removeItem(at: folder)
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                for ending in Self.endings where before[ending] != nil {
                    try FileManager.default.copyItem(atPath: source.path + ending, toPath: file.path + ending)
                }
            } catch {
                if Self.states(of: source) != before { continue }  // A side file has just gone.
                throw ForeignStorageError(
                    .unreadable,
                    "Cannot copy \(source.path) to \(folder.path): \(error.localizedDescription) Set TMPDIR to a "
                        + "folder with enough space.")
            }
            if Self.states(of: source) == before { return }
        }
        throw ForeignStorageError(
            .busy, "\(source.path) changes while it is read. Stop AnythingLLM during the import.")
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)  // It lies in the temporary folder.
    }

    private static let attempts = 5

    /// Size and date of change of every file that is there, by its ending.
    private static func states(of file: URL) -> [String: [Int]] {
        var states: [String: [Int]] = [:]
        for ending in endings {
            var status = stat()
            guard stat(file.path + ending, &status) == 0 else { continue }
            states[ending] = [Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
        }
        return states
    }
}
