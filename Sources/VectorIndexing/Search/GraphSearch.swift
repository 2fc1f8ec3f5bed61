import CKernels
import Glibc

/// One search through the graph of a snapshot: a walk by 8-bit rows, then the cosines of what it found in f32.
struct GraphSearch {
    private let snapshot: IndexSnapshot
    private let graph: HierarchicalGraph
    private let view: GraphView
    private let query: QuantizedQuery
    private let exact: ExactSearch
    private let gather: ck_gather_i8

    /// - Parameter exact: knows the exact cosine of a row.
    init(
        _ snapshot: IndexSnapshot, _ graph: HierarchicalGraph, _ view: GraphView, _ query: QuantizedQuery,
        exact: ExactSearch, gather: @escaping ck_gather_i8
    ) {
        self.snapshot = snapshot
        self.graph = graph
        self.view = view
        self.query = query
        self.exact = exact
        self.gather = gather
    }

    /// - Parameters:
    ///   - count: hits wanted.
    ///   - mask: the rows that may be returned; nil allows all.
    ///   - least: rows that a walk must find.
    ///   - effortLimit: rows looked at, after which the search gives up.
    /// - Returns: about the best hits among the linked rows, nearest first; nil when the search gave up.
    func run(count: Int, breadth: Int, mask: RowMask?, least: Int, effortLimit: Int) -> [VectorHit]? {
        graph.withScratch(view) { scratch in
            query.integers.withUnsafeBufferPointer { integers in
                guard let source = integers.baseAddress else { return nil }
                scratch.query.update(from: source, count: view.stride)
                var walk = GraphWalk(view, scratch, gather: gather)
                walk.begin(queryScale: query.scale)
                let isDone = Self.withWords(mask) {
                    self.walk(&walk, breadth: breadth, allowed: $0, effortLimit: effortLimit)
                }
                let found = walk.takeSorted()
                guard isDone, found >= least else { return nil }
                return rescore(scratch.sorted, found, count: count)
            }
        }
    }

    private static func withWords<Result>(_ mask: RowMask?, _ body: (UnsafePointer<UInt64>?) -> Result) -> Result {
        guard let mask else { return body(nil) }
        return mask.words.withUnsafeBufferPointer { body($0.baseAddress) }
    }

    private func walk(
        _ walk: inout GraphWalk, breadth: Int, allowed: UnsafePointer<UInt64>?, effortLimit: Int
    ) -> Bool {
        let entry = snapshot.entry - 1
        var nearest = walk.key(of: entry)
        for level in stride(from: GraphLevels.level(of: entry), to: 0, by: -1) {
            nearest = walk.descend(from: nearest, level: level)
        }
        return walk.beam(from: nearest, level: 0, breadth: breadth, allowed: allowed, effortLimit: effortLimit)
    }

    /// Exact cosines of the rows that may belong to the best `count`.
    ///
    /// Rounding changes element i of a row by an error that is about uniform in ±scale / 2, and a unit query adds
    /// those up to a standard deviation of scale / √12. A row is left out when it is behind the last hit by more than
    /// three of its own and three of that hit's.
    private func rescore(_ keys: UnsafePointer<UInt64>, _ found: Int, count: Int) -> [VectorHit] {
        if found == 0 { return [] }
        let last = keys[min(count, found) - 1]
        let sigmas: Float = 3 / Float(12).squareRoot()
        let least = GraphKey.similarity(last) - sigmas * view.scale(GraphKey.row(last))
        var best = BestHits(capacity: count)
        var wanted: [Int] = []
        wanted.reserveCapacity(found)
        for i in 0..<found {
            let row = GraphKey.row(keys[i])
            // Rows that were linked after the snapshot was taken are found by the scan of what was not.
            if Int(row) >= snapshot.linked { continue }
            if GraphKey.similarity(keys[i]) + sigmas * view.scale(row) < least { continue }
            prefetch(Int(row))
            wanted.append(Int(row))
        }
        for row in wanted { best.offer(exact.hit(row)) }
        return best.sorted
    }

    private func prefetch(_ row: Int) {
        let (segment, place) = snapshot.location(row)
        let values = UnsafeRawPointer(segment.rows + place * segment.dimensions)
        // The first lines; the hardware fetches the following ones once it sees the direction.
        for line in 0..<4 { ck_prefetch(values + line * 64) }
    }
}

extension GraphSearch {
    private static let leastBreadth = 64
    /// Of the ten nearest; each further hit that is wanted widens the walk by ``breadthPerHit``.
    private static let measuredCount = 10
    private static let breadthPerHit = 4

    /// Rows that a walk keeps in view: ef of Malkov and Yashunin.
    ///
    /// Measured on clustered unit vectors of 384 dimensions (architecture, section 6). Recall@10 of 0.99 needs 64 rows
    /// of 4,000 to 8,000, where clusters have few members, 48 of 16,000, 30 of 100,000 and 160 of 1,000,000; upwards
    /// that is a power of the size, and the factor leaves a reserve. Recall@100 is 0.995 then.
    static func breadth(linked: Int, count: Int) -> Int {
        let measured = Int(40 * pow(Double(linked) / 100_000, 0.65))
        return max(measured, leastBreadth) + breadthPerHit * max(0, min(count, linked) - measuredCount)
    }

    /// Rows that a walk looks at for each row that it keeps in view.
    private static let rowsPerBreadth = 16

    /// Whether a walk is likely to be shorter than a scan of the allowed rows.
    ///
    /// A walk has to see rows / allowed times as many rows to find as many allowed ones.
    static func isWorthwhile(rows: Int, allowed: Int, breadth: Int) -> Bool {
        allowed * allowed / max(rows, 1) > breadth * rowsPerBreadth
    }
}
