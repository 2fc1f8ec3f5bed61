import Glibc
import Synchronization

/// Writes a snapshot beside its final place, makes it durable, and puts it there in one step.
struct SnapshotWriter {
    private let snapshot: IndexSnapshot
    private let operations: FileOperations
    private var header: SnapshotHeader
    private var file: Int32 = -1
    private var offset = 0
    private var checksums: [UInt64] = []

    init(_ snapshot: IndexSnapshot, generation: UInt64, operations: FileOperations) {
        self.snapshot = snapshot
        self.operations = operations
        header = SnapshotHeader(
            dimensions: snapshot.dimensions ?? 0, generation: generation, count: snapshot.count,
            linked: snapshot.linked, entry: snapshot.entry, deadCount: snapshot.dead.count)
    }

    /// - Throws: `unwritable`; the file at `path` is then what it was, and nothing is left beside it.
    mutating func run(path: String) throws(SnapshotFileError) {
        let draft = path + ".part"
        file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unwritable(reason: FileOperations.reason) }
        let outcome = Result { () throws(SnapshotFileError) in
            try writeEverything()
            guard operations.sync(file) == 0 else { throw .unwritable(reason: FileOperations.reason) }
        }
        close(file)
        do {
            try outcome.get()
            guard operations.rename(draft, path) == 0 else {
                throw SnapshotFileError.unwritable(reason: FileOperations.reason)
            }
        } catch {
            unlink(draft)
            throw error as? SnapshotFileError ?? .unwritable(reason: "\(error)")
        }
        syncFolder(of: path)
    }

    private mutating func writeEverything() throws(SnapshotFileError) {
        offset = SnapshotHeader.byteCount + header.tableExtent
        try append(try staged(header.deadExtent, copyDeadRows), header.deadExtent)
        for (index, layout) in header.layouts.enumerated() {
            for part in SegmentLayout.Part.allCases {
                try write(part, of: snapshot.segments[index], as: layout)
            }
        }
        try writeTable()
        try put(header.words, SnapshotHeader.byteCount, at: 0)
    }

    private mutating func writeTable() throws(SnapshotFileError) {
        let padding = header.tableExtent / 8 - checksums.count
        let table = checksums + Array(repeating: 0, count: padding)
        header.tableChecksum = Checksum.of(table)
        try put(table, header.tableExtent, at: SnapshotHeader.byteCount)
    }

    private mutating func write(
        _ part: SegmentLayout.Part, of segment: RowSegment, as layout: SegmentLayout
    ) throws(SnapshotFileError) {
        let extent = layout.extent(part)
        let source = segment.base + segment.layout.offset(part)
        let isLinks = part == .links || part == .upperLinks
        // But for links, which may be changing, a full segment lies in memory as in the file.
        if segment.layout == layout && !isLinks {
            try append(source, extent)
            return
        }
        let memory = try staged(extent) { buffer in
            switch part {
            case .links: copyLinks(segment.links, to: buffer, GraphLevels.groundWidth, layout.capacity)
            case .upperLinks: copyUpperLinks(of: segment, to: buffer, rows: layout.capacity)
            default: buffer.copyMemory(from: source, byteCount: layout.length(part))
            }
        }
        try append(memory, extent)
    }

    private func copyDeadRows(to buffer: UnsafeMutableRawPointer) {
        let words = buffer.assumingMemoryBound(to: UInt64.self)
        for (index, word) in snapshot.dead.words.prefix((snapshot.count + 63) / 64).enumerated() {
            words[index] = word
        }
    }

    private func copyUpperLinks(of segment: RowSegment, to buffer: UnsafeMutableRawPointer, rows: Int) {
        var positions = rows
        for level in 1...GraphLevels.highest {
            positions = (positions + 15) / 16
            let from = segment.upperLinks + GraphLevels.upperOffset(level, rows: segment.capacity)
            let target = buffer + GraphLevels.upperOffset(level, rows: rows) * MemoryLayout<UInt32>.stride
            copyLinks(from, to: target, GraphLevels.upperWidth, positions)
        }
    }

    /// Copies lists of links, which others may be changing, without those to rows that the snapshot does not call
    /// linked.
    private func copyLinks(
        _ lists: UnsafeMutablePointer<Atomic<UInt32>>, to buffer: UnsafeMutableRawPointer, _ width: Int, _ count: Int
    ) {
        let target = buffer.assumingMemoryBound(to: UInt32.self)
        for list in 0..<count {
            var kept = 0
            for slot in 0..<width {
                let link = lists[list * width + slot].load(ordering: .acquiring)
                if link == 0 { break }
                if Int(link) > snapshot.linked { continue }
                target[list * width + kept] = link
                kept += 1
            }
        }
    }

    /// Zeroed memory with what `fill` puts there.
    private func staged(
        _ extent: Int, _ fill: (UnsafeMutableRawPointer) -> Void
    ) throws(SnapshotFileError) -> AnonymousMemory {
        do {
            let memory = try AnonymousMemory(byteCount: extent)
            fill(memory.base)
            return memory
        } catch {
            throw .unwritable(reason: error.description)
        }
    }

    private mutating func append(_ memory: AnonymousMemory, _ count: Int) throws(SnapshotFileError) {
        try append(memory.base, count)
    }

    private mutating func append(_ bytes: UnsafeRawPointer, _ count: Int) throws(SnapshotFileError) {
        checksums.append(Checksum.of(bytes, count))
        try put(bytes, count, at: offset)
        offset += count
    }

    private func put(_ bytes: UnsafeRawPointer, _ count: Int, at offset: Int) throws(SnapshotFileError) {
        var written = 0
        while written < count {
            let result = operations.write(file, bytes + written, count - written, offset + written)
            if result < 0 && errno == EINTR { continue }
            guard result > 0 else {
                throw .unwritable(reason: result == 0 ? "nothing was written" : FileOperations.reason)
            }
            written += result
        }
    }

    /// Makes the new name durable. A failure is no failure of the snapshot: at worst the old one comes back after a
    /// power cut, and its generation gives it away.
    private func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = operations.sync(descriptor)
        close(descriptor)
    }
}
