/// The writer's side of an index: segments, what is in them, and the snapshot that follows from it.
///
/// Used by one thread at a time (the owner's writer lock), and never through two copies: they would share segments.
struct SegmentedStore {
    /// Rows of the largest segment; more than one is needed from there on, so that compaction moves bounded amounts.
    private static let largestSegment = 65_536
    private static let smallestSegment = 64

    private(set) var snapshot = IndexSnapshot()
    private var ids: Set<Int64> = []
    /// Where a document's live rows are.
    private var runs: [Int64: [RowRun]] = [:]
    private var nextKey = 0

    private struct RowRun {
        var key: Int
        var rows: Range<Int>
    }

    init(dimensions: Int? = nil) { snapshot.dimensions = dimensions }

    func contains(_ id: Int64) -> Bool { ids.contains(id) }

    /// Bytes that hold rows, dead ones included; capacity beyond them is address space only.
    var byteCount: Int { snapshot.parts.reduce(0) { $0 + $1.count * $1.segment.rowByteCount } }

    /// Appends a vector and shows it in `snapshot`; the caller has checked its length.
    ///
    /// - Parameter expected: rows that are going to follow, so that a bulk load makes large segments at once.
    /// - Throws: `notFinite`; nothing has changed then.
    mutating func append(
        id: Int64, document: Int64, vector: UnsafeBufferPointer<Float>, expected: Int = 0
    ) throws(VectorIndexError) {
        if ids.contains(id) { return }
        let last = partWithRoom(dimensions: vector.count, expected: expected)
        let row = snapshot.parts[last].count
        guard snapshot.parts[last].segment.write(row, id: id, document: document, vector: vector) else {
            throw .notFinite(id: id)
        }
        snapshot.dimensions = vector.count
        snapshot.parts[last].count = row + 1
        ids.insert(id)
        note(document, key: snapshot.parts[last].key, row: row)
    }

    private mutating func partWithRoom(dimensions: Int, expected: Int) -> Int {
        // A refused first row leaves an empty segment, which may be of another width.
        if let last = snapshot.parts.last, last.count < last.segment.capacity, last.segment.dimensions == dimensions {
            return snapshot.parts.count - 1
        }
        // Doubling, so that a growing index is copied never and has few segments.
        let wanted = max(Self.smallestSegment, snapshot.liveCount, expected)
        return addPart(capacity: min(wanted, Self.largestSegment), dimensions: dimensions)
    }

    private mutating func addPart(capacity: Int, dimensions: Int) -> Int {
        let segment = VectorSegment(capacity: capacity, dimensions: dimensions)
        snapshot.parts.append(IndexSnapshot.Part(key: nextKey, segment: segment, count: 0))
        nextKey += 1
        return snapshot.parts.count - 1
    }

    private mutating func note(_ document: Int64, key: Int, row: Int) {
        if let last = runs[document]?.indices.last, let run = runs[document]?[last], run.key == key,
            run.rows.upperBound == row
        {
            runs[document]?[last].rows = run.rows.lowerBound..<row + 1
        } else {
            runs[document, default: []].append(RowRun(key: key, rows: row..<row + 1))
        }
    }

    /// - Returns: whether anything changed.
    mutating func remove(document: Int64) -> Bool {
        guard let gone = runs.removeValue(forKey: document) else { return false }
        for run in gone {
            guard let index = snapshot.parts.firstIndex(where: { $0.key == run.key }) else { continue }
            for row in run.rows { ids.remove(snapshot.parts[index].segment.ids[row]) }
            snapshot.parts[index].dead.insert(run.rows)
        }
        compact()
        return true
    }

    /// Rewrites segments of which more than half is dead; live rows of all of them go into one new segment.
    private mutating func compact() {
        let wasteful = snapshot.parts.filter { $0.dead.count > $0.count / 2 }
        if wasteful.isEmpty { return }
        let live = wasteful.reduce(0) { $0 + $1.liveCount }
        let keys = Set(wasteful.map(\.key))
        snapshot.parts.removeAll { keys.contains($0.key) }
        guard live > 0, let dimensions = snapshot.dimensions else {
            if snapshot.parts.isEmpty { snapshot.dimensions = nil }
            return
        }
        // In front, so that the part with room for new rows stays last.
        let target = addPart(capacity: live, dimensions: dimensions)
        var part = snapshot.parts.remove(at: target)
        var moved: Set<Int64> = []
        for source in wasteful {
            for row in 0..<source.count where !source.dead.contains(row) {
                let document = source.segment.documents[row]
                if moved.insert(document).inserted { runs[document]?.removeAll { keys.contains($0.key) } }
                part.segment.copy(row, of: source.segment, to: part.count)
                note(document, key: part.key, row: part.count)
                part.count += 1
            }
        }
        snapshot.parts.insert(part, at: 0)
    }
}
