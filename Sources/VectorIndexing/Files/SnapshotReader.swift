/// Maps a snapshot file and verifies all of it.
struct SnapshotReader {
    private let file: MappedFile
    private let header: SnapshotHeader

    /// - Throws: every case of ``SnapshotFileError`` but `unwritable`.
    static func read(path: String, generation: UInt64, threads: Int) throws(SnapshotFileError) -> IndexSnapshot {
        let file = try MappedFile.open(path)
        let header = try header(of: file)
        guard header.generation == generation else {
            throw .staleGeneration(expected: generation, found: header.generation)
        }
        guard header.fileLength == file.byteCount else {
            throw .wrongLength(expected: header.fileLength, found: file.byteCount)
        }
        let reader = SnapshotReader(file: file, header: header)
        try reader.verify(threads: threads)
        do {
            return try reader.snapshot()
        } catch {
            throw .unreadable(reason: error.description)
        }
    }

    static func header(of file: MappedFile) throws(SnapshotFileError) -> SnapshotHeader {
        let words = file.base.assumingMemoryBound(to: UInt64.self)
        return try SnapshotHeader.parse(Array(UnsafeBufferPointer(start: words, count: SnapshotHeader.wordCount)))
    }

    private struct Section: Sendable {
        var name: String
        var offset: Int
        var count: Int
    }

    private var sections: [Section] {
        var offset = header.segmentsOffset - header.deadExtent
        var sections = [Section(name: "removed rows", offset: offset, count: header.deadExtent)]
        offset += header.deadExtent
        for (index, layout) in header.layouts.enumerated() {
            for part in SegmentLayout.Part.allCases {
                sections.append(
                    Section(name: "\(part) of segment \(index)", offset: offset, count: layout.extent(part)))
                offset += layout.extent(part)
            }
        }
        return sections
    }

    /// Compares every checksum; sections are shared out to several threads, since one does not use the memory fully.
    private func verify(threads: Int) throws(SnapshotFileError) {
        let table = file.base + SnapshotHeader.byteCount
        guard Checksum.of(table, header.tableExtent) == header.tableChecksum else {
            throw .damaged(part: "table of checksums")
        }
        let sections = sections
        let file = file
        let next = SharedCounter(0)
        let damaged = FirstMessage()
        Threads.run(threads, givesWay: false) { _ in
            let sums = (file.base + SnapshotHeader.byteCount).assumingMemoryBound(to: UInt64.self)
            while let portion = next.take(1, below: sections.count) {
                let section = sections[portion.lowerBound]
                if Checksum.of(file.base + section.offset, section.count) != sums[portion.lowerBound] {
                    damaged.offer(section.name)
                }
            }
        }
        if let part = damaged.value { throw .damaged(part: part) }
    }

    /// The index over the mapped memory; only the last segment is copied, because rows are going to be added to it.
    private func snapshot() throws(VectorIndexError) -> IndexSnapshot {
        var snapshot = IndexSnapshot()
        snapshot.dimensions = header.count > 0 ? header.dimensions : nil
        snapshot.count = header.count
        snapshot.linked = header.linked
        snapshot.entry = header.entry
        snapshot.dead = RowSet(words: deadWords)
        if header.linked > 0 { snapshot.graph = HierarchicalGraph(entry: header.entry) }
        var offset = header.segmentsOffset
        for layout in header.layouts {
            let mapped = RowSegment(layout, at: file.base + offset, of: file, isMapped: true)
            let isFull = layout.capacity == SegmentLayout.fullCapacity
            snapshot.segments.append(isFull ? mapped : try grown(mapped))
            offset += layout.byteCount
        }
        return snapshot
    }

    private var deadWords: [UInt64] {
        let start = (file.base + (header.segmentsOffset - header.deadExtent)).assumingMemoryBound(to: UInt64.self)
        return Array(UnsafeBufferPointer(start: start, count: (header.count + 63) / 64))
    }

    private func grown(_ source: RowSegment) throws(VectorIndexError) -> RowSegment {
        let isAlone = header.count < SegmentLayout.fullCapacity && header.linked == 0
        let capacity = isAlone ? RowStore.firstCapacity(rows: header.count) : SegmentLayout.fullCapacity
        let segment = try RowSegment(capacity: capacity, dimensions: header.dimensions)
        for part in SegmentLayout.Part.allCases where part != .upperLinks {
            (segment.base + segment.layout.offset(part)).copyMemory(
                from: source.base + source.layout.offset(part), byteCount: source.layout.length(part))
        }
        for level in 1...GraphLevels.highest {
            let first = GraphLevels.upperOffset(level, rows: source.capacity)
            let end = GraphLevels.upperOffset(level + 1, rows: source.capacity)
            UnsafeMutableRawPointer(segment.upperLinks + GraphLevels.upperOffset(level, rows: capacity)).copyMemory(
                from: UnsafeRawPointer(source.upperLinks + first),
                byteCount: (end - first) * MemoryLayout<UInt32>.stride)
        }
        return segment
    }
}
