import Synchronization

/// A hierarchical navigable small world (Malkov and Yashunin 2018, arXiv:1603.09320) over the rows of a store; the
/// links themselves lie in the segments.
///
/// Any number of threads walk while others link rows. A row is linked from the inside: its own links are written on all
/// its levels, then other rows are pointed at it, so that whoever reaches a row finds its links. A list that is being
/// rewritten may be seen partly old and partly new, which is a list of rows all the same.
final class HierarchicalGraph: Sendable {
    /// Candidates looked at for the links of a new row: efConstruction of the paper.
    static let constructionBreadth = 100
    private static let stripeCount = 4096

    /// Row number + 1; 0 as long as nothing is linked.
    private let entryPoint: Atomic<UInt32>
    /// Held while a row is linked that is going to be the entry point.
    private let promotion = Mutex(())
    private let pool = Mutex<[WalkScratch]>([])
    /// nonisolated(unsafe): a constant address of atomic words.
    nonisolated(unsafe) private let stripes: UnsafeMutablePointer<Atomic<UInt32>>

    init(entry: UInt32 = 0) {
        entryPoint = Atomic(entry)
        stripes = .allocate(capacity: Self.stripeCount)
        for i in 0..<Self.stripeCount { (stripes + i).initialize(to: Atomic(0)) }
    }

    deinit { stripes.deallocate() }

    var entry: UInt32 { entryPoint.load(ordering: .acquiring) }

    func setEntry(_ row: UInt32) { entryPoint.store(row + 1, ordering: .releasing) }

    /// Runs `body` alone among those that are going to replace the entry point.
    func promote<Result>(_ body: () -> Result) -> Result { promotion.withLock { _ in body() } }

    /// Runs `body` with memory for a walk over `view`.
    func withScratch<Result>(_ view: GraphView, _ body: (WalkScratch) -> Result) -> Result {
        let wanted = Int(view.limit)
        let spare = pool.withLock { pool in
            while let scratch = pool.popLast() {
                // Too small ones are left over from before the index grew.
                if scratch.capacity >= wanted { return scratch as WalkScratch? }
            }
            return nil
        }
        let full = SegmentLayout.fullCapacity
        let scratch = spare ?? WalkScratch(capacity: (wanted + full - 1) / full * full, stride: view.stride)
        defer { pool.withLock { $0.append(scratch) } }
        return body(scratch)
    }

    /// Memory kept for walks, in bytes.
    var byteCount: Int { pool.withLock { $0.reduce(0) { $0 + $1.byteCount } } }

    /// Runs `body` alone among those that change the links of `row`.
    @inline(__always)
    func withLock(on row: UInt32, _ body: () -> Void) {
        let stripe = stripes + Int(row) % Self.stripeCount
        var turns = 0
        while !stripe.pointee.weakCompareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged {
            turns &+= 1
            // The holder works for microseconds, unless it lost its CPU.
            if turns & 255 == 0 { Threads.yield() }
        }
        body()
        stripe.pointee.store(0, ordering: .releasing)
    }
}
