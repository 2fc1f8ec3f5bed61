/// The writer's side of an index: segments, what is in them, and the snapshot that follows from it.
///
/// Used by one thread at a time (the owner's writer lock), and never through two copies: they would share segments.
struct RowStore {
    private static let smallestSegment = 64

    private(set) var snapshot = IndexSnapshot()
    private var ids: Set<Int64> = []

    init() {}

    /// A store of the rows of a snapshot that came from a file.
    init(_ loaded: IndexSnapshot) {
        snapshot = loaded
        ids.reserveCapacity(loaded.liveCount)
        loaded.pieces(0..<loaded.count) { segment, places, firstRow in
            for place in places
            where loaded.dead.count == 0 || !loaded.dead.contains(firstRow + place - places.lowerBound) {
                ids.insert(segment.ids[place])
                snapshot.documents.add(firstRow + place - places.lowerBound, to: segment.documents[place])
            }
        }
    }

    /// Bytes that hold rows and what belongs to them, dead rows included; capacity beyond them is address space only.
    var byteCount: Int {
        guard let dimensions = snapshot.dimensions else { return 0 }
        // An entry of a hash set of 64-bit keys takes about 16 bytes at the usual load.
        return snapshot.count * SegmentLayout.rowByteCount(dimensions: dimensions) + ids.count * 16
    }

    /// Makes room for rows, so that appending them cannot fail for want of memory.
    ///
    /// - Throws: `noMemory`; nothing has changed for readers then.
    mutating func reserve(_ rows: Int, dimensions: Int) throws(VectorIndexError) {
        if let width = snapshot.segments.first?.dimensions, width != dimensions, snapshot.count == 0 {
            snapshot.segments = []
        }
        let wanted = snapshot.count + rows
        if wanted <= 0 { return }
        let full = SegmentLayout.fullCapacity
        if snapshot.segments.isEmpty || snapshot.segments[0].capacity < min(wanted, full) {
            try growFirstSegment(to: wanted, dimensions: dimensions)
        }
        while snapshot.segments.count * full < wanted && snapshot.segments[0].capacity == full {
            snapshot.segments.append(try RowSegment(capacity: full, dimensions: dimensions))
        }
    }

    /// Segments of a small index are of a quarter, a sixteenth … of the full size; each row is copied at most a few
    /// times.
    private mutating func growFirstSegment(to rows: Int, dimensions: Int) throws(VectorIndexError) {
        let grown = try RowSegment(capacity: Self.firstCapacity(rows: rows), dimensions: dimensions)
        if let old = snapshot.segments.first {
            for row in 0..<snapshot.count { grown.copy(row, of: old, to: row) }
        }
        snapshot.segments = [grown]
    }

    static func firstCapacity(rows: Int) -> Int {
        var capacity = smallestSegment
        while capacity < min(rows, SegmentLayout.fullCapacity) { capacity *= 4 }
        return min(capacity, SegmentLayout.fullCapacity)
    }

    /// Appends a vector and shows it in `snapshot`; the caller has checked its length.
    ///
    /// - Throws: `notFinite`, `noMemory`; nothing has changed then.
    mutating func append(
        id: Int64, document: Int64, vector: UnsafeBufferPointer<Float>
    ) throws(VectorIndexError) {
        if ids.contains(id) { return }
        try reserve(1, dimensions: vector.count)
        let (segment, place) = snapshot.location(snapshot.count)
        guard segment.write(place, id: id, document: document, vector: vector) else { throw .notFinite(id: id) }
        show(id: id, document: document, dimensions: vector.count)
    }

    /// Appends a row of another snapshot.
    ///
    /// - Throws: `noMemory`.
    mutating func append(row: Int, of source: IndexSnapshot) throws(VectorIndexError) {
        let (from, place) = source.location(row)
        if ids.contains(from.ids[place]) { return }
        try reserve(1, dimensions: from.dimensions)
        let (segment, target) = snapshot.location(snapshot.count)
        segment.copy(place, of: from, to: target)
        show(id: from.ids[place], document: from.documents[place], dimensions: from.dimensions)
    }

    private mutating func show(id: Int64, document: Int64, dimensions: Int) {
        ids.insert(id)
        snapshot.dimensions = dimensions
        snapshot.documents.add(snapshot.count, to: document)
        snapshot.count += 1
    }

    /// - Returns: whether anything changed.
    mutating func remove(document: Int64) -> Bool {
        let runs = snapshot.documents.remove(document)
        for run in runs {
            for row in run {
                let (segment, place) = snapshot.location(row)
                ids.remove(segment.ids[place])
            }
            snapshot.dead.insert(run)
        }
        return !runs.isEmpty
    }

    /// A store of the live rows alone, without a graph.
    ///
    /// - Throws: `noMemory`.
    func compacted() throws(VectorIndexError) -> RowStore {
        var store = RowStore()
        try store.append(liveRowsOf: snapshot, 0..<snapshot.count)
        return store
    }

    mutating func append(liveRowsOf source: IndexSnapshot, _ rows: Range<Int>) throws(VectorIndexError) {
        guard let dimensions = source.dimensions else { return }
        try reserve(rows.count(where: { !source.dead.contains($0) }), dimensions: dimensions)
        for row in rows where !source.dead.contains(row) { try append(row: row, of: source) }
    }

    /// Attaches a graph without rows; from then on every segment is of full capacity.
    ///
    /// - Throws: `noMemory`.
    mutating func attach(_ graph: HierarchicalGraph) throws(VectorIndexError) {
        if let first = snapshot.segments.first, first.capacity < SegmentLayout.fullCapacity {
            try growFirstSegment(to: SegmentLayout.fullCapacity, dimensions: first.dimensions)
        }
        snapshot.graph = graph
        snapshot.linked = 0
        snapshot.entry = 0
    }

    /// Notes that the rows below `linked` can be reached through the graph.
    mutating func advance(linked: Int, entry: UInt32) {
        snapshot.linked = linked
        snapshot.entry = entry
    }
}
