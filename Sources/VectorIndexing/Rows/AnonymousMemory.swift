import Glibc

/// A block of zeroed memory that costs nothing until it is written to.
final class AnonymousMemory: Sendable {
    /// nonisolated(unsafe): a constant address; what lies there is guarded by the segment that owns the block.
    nonisolated(unsafe) let base: UnsafeMutableRawPointer
    private let byteCount: Int

    /// From here on the block asks for pages of 2 MB: rows are read in no order, and each would cost a page walk.
    private static let hugePagesFrom = 64 << 20

    /// - Throws: `noMemory`.
    init(byteCount: Int) throws(VectorIndexError) {
        let length = max(byteCount, 1)
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard let address = mmap(nil, length, PROT_READ | PROT_WRITE, flags, -1, 0), address != MAP_FAILED else {
            throw .noMemory(bytes: byteCount)
        }
        // Advice: a kernel without huge pages says no, and nothing else changes.
        if length >= Self.hugePagesFrom { _ = madvise(address, length, MADV_HUGEPAGE) }
        base = address
        self.byteCount = length
    }

    deinit { munmap(base, byteCount) }
}
