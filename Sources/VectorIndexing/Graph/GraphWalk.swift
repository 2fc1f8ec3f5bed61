import CKernels
import Synchronization

/// A walk through the graph by the 8-bit rows (Malkov and Yashunin, arXiv:1603.09320, algorithms 2 and 5).
///
/// A struct over memory of others: nothing in the loops is counted, checked for exclusive access or allocated. Whoever
/// makes one keeps `view` and `scratch` alive.
struct GraphWalk {
    let view: GraphView
    let scratch: WalkScratch
    private let gather: ck_gather_i8
    private var candidates: KeyHeap
    /// Complements of keys, so that the worst is on top.
    private var results: KeyHeap
    /// The query's part in every similarity.
    private var queryScale: Float = 0
    /// Rows whose similarity was computed.
    private(set) var effort = 0

    init(_ view: GraphView, _ scratch: WalkScratch, gather: @escaping ck_gather_i8) {
        self.view = view
        self.scratch = scratch
        self.gather = gather
        candidates = KeyHeap(scratch.candidates)
        results = KeyHeap(scratch.results)
    }

    /// Takes a query that is in `scratch.query` already.
    mutating func begin(queryScale: Float) {
        self.queryScale = queryScale
        effort = 0
    }

    /// Takes a row as the query.
    mutating func begin(row: UInt32) {
        widen(row, scratch.query)
        begin(queryScale: view.scale(row))
    }

    func widen(_ row: UInt32, _ result: UnsafeMutablePointer<Int16>) {
        let source = view.row(row)
        for i in 0..<view.stride { result[i] = Int16(source[i]) }
    }

    /// Puts the products of the rows with the query, in the order of `rows`, into the scratch's `products`.
    @inline(__always)
    func similarities(_ query: UnsafePointer<Int16>, _ rows: UnsafePointer<UInt32>, _ count: Int) {
        gather(query, view.integers, rows, count, view.stride, scratch.products)
    }

    mutating func key(of row: UInt32) -> UInt64 {
        scratch.rows[0] = row
        similarities(scratch.query, scratch.rows, 1)
        effort &+= 1
        return GraphKey.make(Float(scratch.products[0]) * (queryScale * view.scale(row)), row)
    }

    /// Goes to the nearest row by always taking the nearest neighbour.
    mutating func descend(from start: UInt64, level: Int) -> UInt64 {
        var best = start
        while true {
            let links = view.links(GraphKey.row(best), level: level)
            var count = 0
            for i in 0..<GraphLevels.upperWidth {
                let link = links[i].load(ordering: .acquiring)
                if link == 0 { break }
                guard link &- 1 < view.limit else { continue }
                scratch.rows[count] = link &- 1
                count &+= 1
            }
            similarities(scratch.query, scratch.rows, count)
            effort &+= count
            var next = best
            for i in 0..<count {
                let row = scratch.rows[i]
                next = max(next, GraphKey.make(Float(scratch.products[i]) * (queryScale * view.scale(row)), row))
            }
            if next == best { return best }
            best = next
        }
    }

    /// Finds about the nearest `breadth` rows of a level that `allowed` holds.
    ///
    /// Rows outside of `allowed` are walked through, but neither returned nor counted.
    /// - Parameters:
    ///   - allowed: one bit per row; nil allows all.
    ///   - effortLimit: similarities after which the walk gives up.
    /// - Returns: whether the walk came to its end.
    mutating func beam(
        from start: UInt64, level: Int, breadth: Int, allowed: UnsafePointer<UInt64>? = nil, effortLimit: Int = .max
    ) -> Bool {
        let stamp = scratch.nextStamp()
        let width = GraphLevels.width(level)
        candidates.removeAll()
        results.removeAll()
        scratch.marks[Int(GraphKey.row(start))] = stamp
        candidates.push(start)
        if Self.isAllowed(GraphKey.row(start), allowed) { results.push(~start) }
        while candidates.count > 0 {
            let best = candidates.pop()
            if results.count >= breadth && best < ~results.top { break }
            let count = unvisited(view.links(GraphKey.row(best), level: level), width: width, stamp: stamp)
            similarities(scratch.query, scratch.rows, count)
            effort &+= count
            for i in 0..<count { offer(i, breadth: breadth, allowed: allowed) }
            if effort > effortLimit { return false }
            if candidates.count > 0 {
                let next = UnsafeRawPointer(view.links(GraphKey.row(candidates.top), level: level))
                ck_prefetch(next)
                ck_prefetch(next + 64)
            }
        }
        return true
    }

    /// Collects the rows behind links that this walk has not seen, and marks them.
    @inline(__always)
    private func unvisited(_ links: UnsafeMutablePointer<Atomic<UInt32>>, width: Int, stamp: UInt16) -> Int {
        let marks = scratch.marks
        let rows = scratch.rows
        let limit = view.limit
        var count = 0
        for i in 0..<width {
            // Acquiring: what the linker wrote before it set this link, the row's own links first of all, is seen.
            let link = links[i].load(ordering: .acquiring)
            if link == 0 { break }
            let row = link &- 1
            if row >= limit || marks[Int(row)] == stamp { continue }
            marks[Int(row)] = stamp
            rows[count] = row
            count &+= 1
        }
        return count
    }

    @inline(__always)
    private mutating func offer(_ index: Int, breadth: Int, allowed: UnsafePointer<UInt64>?) {
        let row = scratch.rows[index]
        let key = GraphKey.make(Float(scratch.products[index]) * (queryScale * view.scale(row)), row)
        if results.count < breadth {
            candidates.push(key)
            if Self.isAllowed(row, allowed) { results.push(~key) }
        } else if key > ~results.top {
            candidates.push(key)
            if Self.isAllowed(row, allowed) { results.replaceTop(~key) }
        }
    }

    @inline(__always)
    private static func isAllowed(_ row: UInt32, _ allowed: UnsafePointer<UInt64>?) -> Bool {
        guard let allowed else { return true }
        return allowed[Int(row >> 6)] & (1 << UInt64(row & 63)) != 0
    }

    /// Moves the results to `scratch.sorted`, nearest first.
    ///
    /// - Returns: how many there are.
    mutating func takeSorted() -> Int {
        let count = results.count
        for i in stride(from: count - 1, through: 0, by: -1) { scratch.sorted[i] = ~results.pop() }
        return count
    }
}
