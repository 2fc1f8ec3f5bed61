import Glibc

/// A whole file mapped read-only, so that weights are paged in on use and shared with the page cache.
///
/// A file that is truncated while it is mapped raises SIGBUS on access; model files are replaced by renaming, never
/// rewritten in place.
final class MappedFile: Sendable {
    let path: String
    /// nonisolated(unsafe): the mapping is read-only and lives exactly as long as this object. A pointer taken from it
    /// is good only while the object is kept alive, see ``withBytes(_:)``.
    nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

    /// - Throws: `missingModel` when there is no such file, `badModel` when it cannot be read or is empty.
    init(path: String) throws(EmbeddingError) {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            throw EmbeddingError(
                code == ENOENT ? .missingModel : .badModel,
                "The model file \(path) cannot be opened: \(String(cString: strerror(code))).")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw EmbeddingError(.badModel, "The model file \(path) is not a regular file.")
        }
        guard status.st_size > 0 else { throw EmbeddingError(.badModel, "The model file \(path) is empty.") }
        let length = Int(status.st_size)
        guard let address = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            throw EmbeddingError(
                .badModel, "The model file \(path) cannot be mapped: \(String(cString: strerror(errno))).")
        }
        bytes = UnsafeRawBufferPointer(start: address, count: length)
    }

    /// Gives the file's bytes for the duration of a call.
    func withBytes<Value, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        defer { withExtendedLifetime(self) {} }
        return try body(bytes)
    }

    /// Gives the resident pages back. The mapping stays: what is read again comes from the page cache or the disk.
    func releasePages() {
        madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, MADV_DONTNEED)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
