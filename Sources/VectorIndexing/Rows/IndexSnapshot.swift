/// The index at one moment; rows in it never change, so a search keeps it and needs no lock.
struct IndexSnapshot: Sendable {
    var dimensions: Int?
    /// All of full capacity but the last.
    var segments: [RowSegment] = []
    /// Rows that are published, 0..<count.
    var count = 0
    /// Rows among them that were removed.
    var dead = RowSet()
    var documents = DocumentRows()
    var graph: HierarchicalGraph?
    /// Rows 0..<linked can be reached through the graph, the others by a scan.
    var linked = 0
    /// Where walks begin, row number + 1; 0 when nothing is linked.
    var entry: UInt32 = 0

    var liveCount: Int { count - dead.count }

    /// The parts of a range of rows that lie in one segment each, with the place of their first row in it.
    func pieces(_ rows: Range<Int>, _ body: (_ segment: RowSegment, _ places: Range<Int>, _ firstRow: Int) -> Void) {
        var first = rows.lowerBound
        while first < rows.upperBound {
            let index = first / SegmentLayout.fullCapacity
            let start = index * SegmentLayout.fullCapacity
            let end = min(rows.upperBound, start + SegmentLayout.fullCapacity)
            body(segments[index], first - start..<end - start, first)
            first = end
        }
    }

    func location(_ row: Int) -> (segment: RowSegment, place: Int) {
        (segments[row / SegmentLayout.fullCapacity], row % SegmentLayout.fullCapacity)
    }
}
