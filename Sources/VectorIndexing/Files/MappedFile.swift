import Glibc

/// A file in memory, private to this process: what is written to it stays in memory.
///
/// The file must not be shortened while it is mapped. Snapshots are replaced as a whole and never changed, so that the
/// mapped one lives on without a name.
final class MappedFile: Sendable {
    /// nonisolated(unsafe): a constant address; what lies there is guarded by the segments over it.
    nonisolated(unsafe) let base: UnsafeMutableRawPointer
    let byteCount: Int

    /// - Throws: `unreadable`, `notASnapshot` for a file shorter than a header.
    static func open(_ path: String) throws(SnapshotFileError) -> MappedFile {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .unreadable(reason: FileOperations.reason) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .unreadable(reason: FileOperations.reason) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(reason: "not a regular file") }
        let length = Int(status.st_size)
        guard length >= SnapshotHeader.byteCount else { throw .notASnapshot }
        // Not populated at once: populating a private mapping that may be written to copies every page.
        guard let address = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0), address != MAP_FAILED
        else {
            throw .unreadable(reason: FileOperations.reason)
        }
        _ = madvise(address, length, MADV_WILLNEED)
        return MappedFile(address, length)
    }

    private init(_ base: UnsafeMutableRawPointer, _ byteCount: Int) {
        self.base = base
        self.byteCount = byteCount
    }

    deinit { munmap(base, byteCount) }
}
